import { setCustomElementsManifest, type Preview } from '@storybook/web-components-vite';
import manifest from '../custom-elements.json' with { type: 'json' };

setCustomElementsManifest(manifest);

const colorSchemes: Readonly<Record<string, string>> = { system: 'light dark', light: 'light', dark: 'dark' };

const preview: Preview = {
  parameters: {
    layout: 'padded',
    controls: { expanded: true, sort: 'requiredFirst' },
    backgrounds: { disable: true },
  },
  initialGlobals: { theme: 'system', direction: 'ltr', language: 'en' },
  globalTypes: {
    theme: {
      description: 'Colours',
      toolbar: {
        title: 'Theme',
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
      root.style.colorScheme = colorSchemes[String(globals['theme'])] ?? 'light dark';
      root.style.background = 'Canvas';
      root.style.color = 'CanvasText';
      root.dir = globals['direction'] === 'rtl' ? 'rtl' : 'ltr';
      return story();
    },
  ],
};

export default preview;
