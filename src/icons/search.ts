export { default as searchIcon } from 'lucide/dist/esm/icons/search.mjs';
