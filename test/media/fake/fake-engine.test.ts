import { FakeEngine } from '../../../src/media/fake/fake-engine.ts';
import { describeEngine } from '../engine-contract.ts';
import { Observed } from '../observed.ts';

describeEngine('the fake engine', () => {
  const observed = new Observed();
  return { observed, engine: new FakeEngine({ observer: observed }) };
});
