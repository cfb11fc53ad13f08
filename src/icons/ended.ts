export { default as endedIcon } from 'lucide/dist/esm/icons/octagon-x.mjs';
