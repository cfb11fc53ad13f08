/**
 * Put into a publishing page: its camera is small enough for two cores to carry it beside what is measured, and its microphone
 * hears a chord that never pauses, of tones that never cancel each other out.
 */
export function useSteadyTone(): void {
  const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async ({ video, audio } = {}) => {
    const stream = new MediaStream();
    if (video !== undefined && video !== false) {
      const size = { width: 640, height: 360, frameRate: 30 };
      const camera = await original({ video: { ...(video === true ? {} : video), ...size } });
      for (const track of camera.getVideoTracks()) stream.addTrack(track);
    }
    if (audio !== undefined && audio !== false) {
      const context = new AudioContext();
      const destination = context.createMediaStreamDestination();
      const gain = new GainNode(context, { gain: 0.2 });
      gain.connect(destination);
      for (const frequency of [311, 437, 613]) {
        const tone = new OscillatorNode(context, { frequency });
        tone.connect(gain);
        tone.start();
      }
      for (const track of destination.stream.getAudioTracks()) stream.addTrack(track);
    }
    return stream;
  };
}
