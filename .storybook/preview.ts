import { setCustomElementsManifest, type Preview } from '@storybook/web-components-vite';
import manifest from '../custom-elements.json' with { type: 'json' };

setCustomElementsManifest(manifest);

const colorSchemes: Readonly<Record<string, string>> = { system: 'light dark', light: 'light', dark: 'dark' };

/** The themes that stories bring along with their frames. */
const looks = ['neutral', 'playful', 'broadcast'];

const preview: Preview = {
  // Each element has a page of its own: what it is, every attribute, property, event, slot, part, token and state, with live code.
  tags: ['autodocs'],
  parameters: {
    layout: 'padded',
    controls: { expanded: true, sort: 'requiredFirst' },
    backgrounds: { disable: true },
    docs: { canvas: { sourceState: 'shown' }, source: { excludeDecorators: true }, story: { inline: true } },
    options: { storySort: { order: ['Pages', 'Flows', 'Elements', 'Themes'] } },
  },
  initialGlobals: { look: 'none', theme: 'system', direction: 'ltr', language: 'en', role: 'usual' },
  globalTypes: {
    look: {
      description: 'Theme',
      toolbar: {
        title: 'Theme',
        icon: 'paintbrush',
        items: [
          { value: 'none', title: 'No theme' },
          { value: 'neutral', title: 'Neutral' },
          { value: 'playful', title: 'Playful' },
          { value: 'broadcast', title: 'Broadcast' },
        ],
        dynamicTitle: true,
      },
    },
    role: {
      description: 'Role in the room of a page',
      toolbar: {
        title: 'Role',
        icon: 'user',
        items: [
          { value: 'usual', title: 'Role of the page' },
          { value: 'host', title: 'Host' },
          { value: 'producer', title: 'Producer' },
          { value: 'guest', title: 'Guest' },
          { value: 'viewer', title: 'Viewer' },
          { value: 'audience', title: 'Audience' },
        ],
        dynamicTitle: true,
      },
    },
    theme: {
      description: 'Colours',
      toolbar: {
        title: 'Colours',
        icon: 'contrast',
        items: [
          { value: 'system', title: 'As the system' },
          { value: 'light', title: 'Light', icon: 'sun' },
          { value: 'dark', title: 'Dark', icon: 'moon' },
        ],
        dynamicTitle: true,
      },
    },
    language: {
      description: 'Language',
      toolbar: {
        title: 'Language',
        icon: 'globe',
        items: [
          { value: 'en', title: 'English' },
          { value: 'ar', title: 'العربية' },
          { value: 'de', title: 'Deutsch' },
          { value: 'es', title: 'Español' },
          { value: 'fr', title: 'Français' },
          { value: 'ja', title: '日本語' },
          { value: 'pt', title: 'Português' },
          { value: 'zh', title: '中文' },
        ],
        dynamicTitle: true,
      },
    },
    direction: {
      description: 'Direction of the text',
      toolbar: {
        title: 'Direction',
        icon: 'transfer',
        items: [
          { value: 'ltr', title: 'Left to right' },
          { value: 'rtl', title: 'Right to left' },
        ],
        dynamicTitle: true,
      },
    },
  },
  decorators: [
    (story, { globals }) => {
      const language = String(globals['language']);
      document.documentElement.lang = language;
      // The toolbar's direction, or that of the language.
      if (language === 'ar') document.documentElement.dir = 'rtl';
      return story();
    },
    (story, { globals }) => {
      const root = document.documentElement;
      for (const look of looks) root.classList.toggle(`ils-theme-${look}`, globals['look'] === look);
      root.style.colorScheme = colorSchemes[String(globals['theme'])] ?? 'light dark';
      root.style.background = 'Canvas';
      root.style.color = 'CanvasText';
      root.dir = globals['direction'] === 'rtl' ? 'rtl' : 'ltr';
      return story();
    },
  ],
};

export default preview;
