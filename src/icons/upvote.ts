export { default as upvoteIcon } from 'lucide/dist/esm/icons/arrow-big-up.mjs';
