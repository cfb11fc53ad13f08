import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listPages } from '../../../scripts/docs/pages.ts';
import { repository } from './repository.ts';

/** A fenced block of a page. */
export interface Snippet {
  readonly page: string;
  /** Of its first line of code. */
  readonly line: number;
  /** `html`, `sh` and so on. */
  readonly language: string;
  /** What else stands behind the language. */
  readonly kind: string;
  readonly text: string;
  /** `README.md:12` */
  readonly place: string;
}

export interface Document {
  readonly page: string;
  /** As written, with the snippets left out. */
  readonly prose: string;
  readonly snippets: readonly Snippet[];
}

const FENCE = /^( *)```(\w*) ?([\w-]*)\n([^]*?)^\1```$/gm;

export function readDocument(page: string): Document {
  const text = readFileSync(join(repository, page), 'utf8');
  const snippets: Snippet[] = [];
  const prose = text.replaceAll(FENCE, (whole, indent: string, language: string, kind: string, code: string, at) => {
    const line = text.slice(0, Number(at)).split('\n').length + 1;
    const unindented = code.replaceAll(new RegExp(`^ {0,${indent.length}}`, 'gm'), '');
    snippets.push({ page, line, language, kind, text: unindented, place: `${page}:${line}` });
    return whole.replaceAll(/[^\n]/g, '');
  });
  return { page, prose, snippets };
}

/** Every page that somebody reads. */
export const documents: readonly Document[] = listPages().map(readDocument);

const snippets = documents.flatMap((document) => document.snippets);

/** Every snippet in one of these languages. */
export const snippetsIn = (...languages: readonly string[]): readonly Snippet[] =>
  snippets.filter(({ language }) => languages.includes(language));
