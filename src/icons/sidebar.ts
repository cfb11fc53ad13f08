export { default as sidebarIcon } from 'lucide/dist/esm/icons/layout-panel-left.mjs';
