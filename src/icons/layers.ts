export { default as layersIcon } from 'lucide/dist/esm/icons/layers.mjs';
