import { expect } from '@open-wc/testing';
import { AnswersTogether } from '../../../src/media/mediasoup/answers-together.ts';

describe('answers together', () => {
  let order: string[];
  beforeEach(() => {
    order = [];
  });

  const ask = (answers: AnswersTogether, name: string) => {
    let resolve: (answer: string) => void = () => {};
    let reject: (error: Error) => void = () => {};
    const promise = new Promise<string>((answer, refuse) => {
      resolve = answer;
      reject = refuse;
    });
    const told = answers.wait(promise).then(
      (answer) => void order.push(answer),
      () => void order.push(`no ${name}`),
    );
    return { answer: () => resolve(name), refuse: () => reject(new Error(name)), told };
  };

  it('come at once when the last is there', async () => {
    const answers = new AnswersTogether();
    const [first, second, third] = ['first', 'second', 'third'].map((name) => ask(answers, name));
    second?.answer();
    await Promise.resolve();
    third?.refuse();
    await third?.told;
    expect(order).to.deep.equal(['no third']);
    first?.answer();
    await Promise.all([first?.told, second?.told]);
    expect(order.toSorted()).to.deep.equal(['first', 'no third', 'second']);
  });

  it('do not wait for one that stays away', async () => {
    const answers = new AnswersTogether();
    ask(answers, 'never');
    const answered = ask(answers, 'answered');
    answered.answer();
    await answered.told;
    expect(order).to.deep.equal(['answered']);
  });
});
