import MagicString from 'magic-string';
import type { Plugin } from 'vite';
import { walkSyntax } from './walk-syntax.ts';

/** Strings stay as they are; comments go; white space shrinks to what the grammar needs. */
const cssToken = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/\*[\s\S]*?\*\/|\s*[{};,]\s*|(?<=[\w)-]):\s+|\s+/g;

function minifyCss(text: string): string {
  return text.replace(cssToken, (token) => {
    if (token.startsWith('"') || token.startsWith("'")) return token;
    if (token.startsWith('/*')) return '';
    return token.trim() === '' ? ' ' : token.trim();
  });
}

/** Only white space that holds a line break: it was put there for the eye of the author. */
const minifyMarkup = (text: string): string => text.replaceAll(/\s*\n\s*/g, ' ');

const minifiers: Readonly<Record<string, (text: string) => string>> = {
  css: minifyCss,
  html: minifyMarkup,
  svg: minifyMarkup,
};

/** Takes the indentation out of `css`, `html` and `svg` templates, which a minifier of scripts leaves alone. */
export function minifyTemplates(): Plugin {
  return {
    name: 'ils-minify-templates',
    enforce: 'post',
    transform(code, id) {
      if (!id.includes('/src/') || !/\b(css|html|svg)`/.test(code)) return undefined;
      const edited = new MagicString(code);
      walkSyntax(this.parse(code), (node) => {
        if (node.type !== 'TaggedTemplateExpression' || node.tag.type !== 'Identifier') return;
        const minify = minifiers[node.tag.name];
        if (!minify) return;
        for (const { start, end, value } of node.quasi.quasis) {
          const shorter = minify(value.raw);
          if (shorter !== value.raw && end > start) edited.update(start, end, shorter);
        }
      });
      return { code: edited.toString(), map: edited.generateMap({ hires: true }) };
    },
  };
}
