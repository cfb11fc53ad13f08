/** An audio context may start only after the page was touched. Returns how to stop waiting for that. */
export function resumeOnGesture(context: AudioContext): () => void {
  const scope = new AbortController();
  const resume = () => void context.resume().catch(() => {});
  const options = { capture: true, passive: true, signal: scope.signal };
  for (const type of ['pointerup', 'keydown'] as const) document.addEventListener(type, resume, options);
  context.addEventListener('statechange', () => context.state === 'running' && scope.abort(), { signal: scope.signal });
  resume();
  return () => scope.abort();
}
