import 'ils-kit/define/chat';
import 'ils-kit/define/player';
import 'ils-kit/define/room';
import { createApp } from 'vue';
import Show from './Show.vue';

createApp(Show).mount('#app');
