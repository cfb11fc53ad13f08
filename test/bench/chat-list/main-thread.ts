import type { Browser, Page } from 'playwright-core';

const LONG_MS = 50;

/** What the page's main thread did for some time, by processor time: another program in its way does not count. */
export interface MainThread {
  /** Tasks with more than 50 ms of processor time, and the longest. */
  readonly longTasks: number;
  readonly longestMs: number;
  /** Of one processor, 0 to 1. */
  readonly busy: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Thread's processor time, microseconds. */
  readonly tdur?: number;
  readonly dur?: number;
  readonly args?: { readonly name?: string };
}

const CATEGORIES = ['toplevel', '__metadata'];

/** Traces the page's main thread while `during` goes on. */
export async function traceMainThread(browser: Browser, page: Page, during: () => Promise<void>): Promise<MainThread> {
  await browser.startTracing(page, { categories: CATEGORIES });
  const startedAt = performance.now();
  await during();
  const tookMs = performance.now() - startedAt;
  const trace = await browser.stopTracing();
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const threads = new Map<string, number[]>();
  for (const event of traceEvents) {
    if (event.name !== 'ThreadControllerImpl::RunTask' || event.tdur === undefined) continue;
    const thread = `${event.pid}/${event.tid}`;
    threads.set(thread, threads.get(thread) ?? []);
    threads.get(thread)?.push(event.tdur / 1_000);
  }
  // One page is open, so one renderer's main thread does nearly all.
  const renderers = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const tasks = renderers.map(({ pid, tid }) => threads.get(`${pid}/${tid}`) ?? []);
  const sums = tasks.map((tookEach) => tookEach.reduce((sum, took) => sum + took, 0));
  const busiest = sums.indexOf(Math.max(...sums));
  const ours = tasks[busiest] ?? [];
  return {
    longTasks: ours.filter((took) => took > LONG_MS).length,
    longestMs: Math.max(0, ...ours),
    busy: (sums[busiest] ?? 0) / tookMs,
  };
}
