export { default as fullscreenExitIcon } from 'lucide/dist/esm/icons/minimize.mjs';
