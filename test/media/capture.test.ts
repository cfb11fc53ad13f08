import { expect } from '@open-wc/testing';

/** Runs the capture of devices in a frame that may do only what `allow` says, and answers with the cause of the refusal. */
function openCameraIn(allow: string): Promise<unknown> {
  return new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.allow = allow;
    frame.src = '/test/media/empty.html';
    window.addEventListener(
      'message',
      ({ data }) => {
        frame.remove();
        resolve(data);
      },
      { once: true },
    );
    frame.addEventListener('load', () => {
      const script = frame.contentDocument!.createElement('script');
      script.type = 'module';
      script.textContent = `
        import { openDevices } from '/src/media/capture.ts';
        const camera = (await openDevices(new Map([['camera', null]]))).get('camera');
        parent.postMessage(camera instanceof Error ? camera.code : camera.kind);
        if (!(camera instanceof Error)) camera.stop();`;
      frame.contentDocument!.body.append(script);
    });
    document.body.append(frame);
  });
}

describe('a camera asked for in a frame', () => {
  it('opens where the page around allows it', async () => {
    expect(await openCameraIn('camera')).to.equal('video');
  });

  it('is blocked by the page where that does not', async () => {
    expect(await openCameraIn("camera 'none'")).to.equal('blockedByPage');
  });
});
