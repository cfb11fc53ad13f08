import { Show } from './show';

export default function Page() {
  return <Show />;
}
