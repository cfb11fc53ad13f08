import { autoload } from './autoloader.ts';

// The one module that acts on import: a page pastes a single script tag and nothing else.
if (typeof document !== 'undefined') autoload(document);

export { autoload };
export type * from './define.ts';
