import { setProjectAnnotations } from '@storybook/web-components-vite';
import { nothing, render } from 'lit';
import { composeStories, composeStory } from 'storybook/preview-api';
import preview from '../../.storybook/preview.ts';
import { findFocusFaults, findForcedColorFaults, rememberFilled } from './probes/contrast-modes.ts';
import { findLayoutFaults } from './probes/layout.ts';
import { endMotionWatch, watchMotion } from './probes/motion.ts';

/** What the check asks of the page that shows one story. */
export interface StoriesPage {
  /** Ids of all stories: `chat.stories.ts Basic`. */
  list(): readonly string[];
  /** Shows one story and plays what it plays. */
  show(id: string): Promise<void>;
  /** Violations of the content security policy and of Trusted Types so far. */
  readonly violations: readonly string[];
  /** Faults of the story in the window, the language and the colours of the moment. */
  findLayoutFaults(): string[];
  rememberFilled(): void;
  findForcedColorFaults(): string[];
  findFocusFaults(): string[];
  watchMotion(): void;
  /** What moved so far although less motion is asked for. */
  endMotionWatch(): readonly string[];
}

type StoriesModule = Parameters<typeof composeStories>[0];
type ComposedStory = ReturnType<typeof composeStory>;

declare global {
  interface ImportMeta {
    /** Vite's: every module that the pattern finds. */
    glob<T>(pattern: string, options: { eager: true }): Record<string, T>;
  }
  // Read by the check from outside the page.
  var storiesPage: StoriesPage;
}

const violations: string[] = [];
document.addEventListener(
  'securitypolicyviolation',
  ({ effectiveDirective, blockedURI, sample, sourceFile, lineNumber }) =>
    violations.push(`${effectiveDirective} ${blockedURI} ${sample} (${sourceFile}:${lineNumber})`),
);

// Storybook's own way empties the canvas by `innerHTML`, which Trusted Types refuse.
setProjectAnnotations([
  preview,
  {
    renderToCanvas({ storyFn }, canvas) {
      render(storyFn(), canvas);
      return () => void render(nothing, canvas);
    },
  },
]);

const modules = import.meta.glob<StoriesModule>('../../stories/**/*.stories.ts', { eager: true });
const stories = new Map<string, ComposedStory>();
for (const [path, module] of Object.entries(modules)) {
  const file = path.split('/').at(-1) ?? path;
  const composed: Record<string, ComposedStory> = composeStories(module, {}, (story, meta, project, name) =>
    composeStory(story, meta, project, undefined, name),
  );
  for (const [name, story] of Object.entries(composed)) stories.set(`${file} ${name}`, story);
}

globalThis.storiesPage = {
  list: () => [...stories.keys()],
  violations,
  findLayoutFaults,
  rememberFilled,
  findForcedColorFaults,
  findFocusFaults,
  watchMotion,
  endMotionWatch,
  async show(id) {
    const canvasElement = document.querySelector<HTMLElement>('#story');
    const story = stories.get(id);
    if (!canvasElement || !story) throw new Error(`There is no story "${id}"`);
    await story.run({ canvasElement });
  },
};
