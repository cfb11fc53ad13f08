import { expect } from '@open-wc/testing';
import { AudioOutput } from '../../src/media/audio-output.ts';
import { AutoplayGate } from '../../src/media/autoplay-gate.ts';
import { FakeEngine } from '../../src/media/fake/fake-engine.ts';
import type { StreamId } from '../../src/protocol/index.ts';
import { asStreamId } from './engine-contract.ts';
import { Observed, until } from './observed.ts';

describe('the sound of a room', () => {
  const ada = asStreamId('ada-microphone');
  const bob = asStreamId('bob-microphone');
  let observed: Observed;
  let engine: FakeEngine;
  let gate: AutoplayGate;
  let output: AudioOutput;
  let received: StreamId[];

  beforeEach(() => {
    observed = new Observed();
    engine = new FakeEngine({ observer: observed });
    engine.connected(false);
    gate = new AutoplayGate(() => {});
    received = [];
    output = new AudioOutput((streamId) => {
      received.push(streamId);
      return engine.receive(streamId, 'audio');
    }, gate);
  });
  afterEach(() => {
    output.close();
    gate.close();
    engine.close();
  });

  const isHeard = (streamId: StreamId) => observed.receptions.get(streamId) === 'playing';

  it('is silent until somebody listens', async () => {
    output.setStreams(new Set([ada]));
    expect(received).to.deep.equal([]);
    output.listen();
    await until(() => isHeard(ada), 'not heard');
  });

  it('plays who talks to one alone though nobody listens, and everyone else softly meanwhile', async () => {
    const played: HTMLAudioElement[] = [];
    const RealAudio = window.Audio;
    window.Audio = class extends RealAudio {
      constructor() {
        super();
        played.push(this);
      }
    };
    try {
      output.setStreams(new Set([ada]), new Set([bob]));
      await until(() => isHeard(bob), 'not heard');
      expect(received).to.deep.equal([bob]);
      output.listen();
      output.setMuted(true);
      expect(played.map(({ muted, volume }) => [muted, volume])).to.deep.equal([
        [false, 1],
        [true, 0.2],
      ]);
      output.setStreams(new Set([ada]));
      expect(played[1]?.volume).to.equal(1);
    } finally {
      window.Audio = RealAudio;
    }
  });

  it('plays each stream once, however many listen', async () => {
    output.setStreams(new Set([ada]));
    output.listen();
    output.listen();
    await until(() => isHeard(ada), 'not heard');
    expect(received).to.deep.equal([ada]);
  });

  it('goes on until the last one stops listening', async () => {
    output.setStreams(new Set([ada]));
    const first = output.listen();
    const second = output.listen();
    await until(() => isHeard(ada), 'not heard');
    first();
    first();
    expect(isHeard(ada)).to.equal(true);
    second();
    expect(observed.receptions.get(ada)).to.equal('idle');
  });

  it('follows who speaks', async () => {
    output.listen();
    output.setStreams(new Set([ada]));
    await until(() => isHeard(ada), 'not heard');
    output.setStreams(new Set([ada, bob]));
    await until(() => isHeard(bob), 'not heard');
    output.setStreams(new Set([bob]));
    expect(observed.receptions.get(ada)).to.equal('idle');
    expect(received).to.deep.equal([ada, bob]);
  });

  it('puts nothing into the page', async () => {
    output.setStreams(new Set([ada]));
    output.listen();
    await until(() => isHeard(ada), 'not heard');
    expect(document.querySelectorAll('audio')).to.have.lengthOf(0);
  });
});

describe('the gate that browsers set before sound', () => {
  const refusal = new DOMException('the page was not touched', 'NotAllowedError');

  /** A media element whose browser lets nothing play until told otherwise. */
  class GatedAudio extends Audio {
    allowed = false;
    plays = 0;

    override async play(): Promise<void> {
      if (!this.allowed) throw refusal;
      this.plays += 1;
    }
  }
  customElements.define('gated-audio', GatedAudio, { extends: 'audio' });

  let told: boolean[];
  let gate: AutoplayGate;
  let element: GatedAudio;

  beforeEach(async () => {
    told = [];
    gate = new AutoplayGate((blocked) => told.push(blocked));
    element = new GatedAudio();
    await gate.play(element);
  });
  afterEach(() => gate.close());

  it('says that it is closed, and that it is open once everything plays', async () => {
    expect(told).to.deep.equal([true]);
    const second = new GatedAudio();
    await gate.play(second);
    element.allowed = true;
    await gate.resume();
    expect(told).to.deep.equal([true]);
    second.allowed = true;
    await gate.resume();
    expect(told).to.deep.equal([true, false]);
    expect([element.plays, second.plays]).to.deep.equal([1, 1]);
  });

  it('opens with the next touch anywhere in the page', async () => {
    element.allowed = true;
    document.body.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
    await until(() => told.length === 2, 'still closed');
    expect(element.plays).to.equal(1);
  });

  it('is open again when what was refused is done with', () => {
    gate.forget(element);
    expect(told).to.deep.equal([true, false]);
  });

  it('passes over what failed for another reason', async () => {
    const empty = new Audio('data:audio/wav;base64,AAAA');
    gate.forget(element);
    await gate.play(empty);
    expect(gate.blocked).to.equal(false);
  });
});
