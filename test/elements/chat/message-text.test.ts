import { expect } from '@open-wc/testing';
import { HUES, hueOf } from '../../../src/elements/chat/author-color.ts';
import { isJumbo, splitText } from '../../../src/elements/chat/message-text.ts';

const links = (text: string) => splitText(text).flatMap((piece) => (typeof piece === 'string' ? [] : [piece.label]));

describe('the text of a message', () => {
  const found: Readonly<Record<string, readonly string[]>> = {
    'no address at all': [],
    'https://example.com': ['https://example.com'],
    'HTTPS://EXAMPLE.COM/X': ['HTTPS://EXAMPLE.COM/X'],
    'see http://example.com/a, then https://example.org/b.': ['http://example.com/a', 'https://example.org/b'],
    '(https://example.com/a)': ['https://example.com/a'],
    'https://en.example.org/wiki/Rust_(language)': ['https://en.example.org/wiki/Rust_(language)'],
    '**https://example.com**': ['https://example.com'],
    'javascript:alert(1) data:text/html,x file:///etc/passwd': [],
    'https://bank.example@evil.example/': [],
    'https://user:password@example.com/': [],
    'https://': [],
    'https://exa mple.com': ['https://exa'],
    'xhttps://example.com': ['https://example.com'],
  };
  for (const [text, expected] of Object.entries(found)) {
    it(`has its links: ${text}`, () => expect(links(text)).to.deep.equal(expected));
  }

  it('loses nothing by being split', () => {
    for (const text of Object.keys(found)) {
      const whole = splitText(text).map((piece) => (typeof piece === 'string' ? piece : piece.label));
      expect(whole.join('')).to.equal(text);
    }
  });

  it('is split in time however it is made', () => {
    const began = performance.now();
    splitText('https://'.repeat(250));
    splitText(`https://example.com/${'('.repeat(1_000)}${')'.repeat(900)}`);
    isJumbo('👩‍👩‍👧‍👦'.repeat(4));
    expect(performance.now() - began).to.be.below(1_000);
  });

  it('is large where it is one to three emoji', () => {
    for (const text of ['🎉', '❤️', '👍🏽', '👩‍💻', '🇵🇹', '🎉🎉🎉', ' 🎉 ']) expect(isJumbo(text), text).to.equal(true);
    for (const text of ['', 'a', '1', '🎉a', '🎉🎉🎉🎉', '#']) expect(isJumbo(text), text).to.equal(false);
  });
});

describe('the colour of an author', () => {
  it('is the same each time and spreads over all hues', () => {
    const names = Array.from({ length: 2_000 }, (_, place) => `p${place}`);
    expect(names.map(hueOf)).to.deep.equal(names.map(hueOf));
    expect(new Set(names.map(hueOf)).size).to.equal(HUES.length);
  });

  it('is never the red that means live', () => {
    for (const hue of HUES) expect(hue).to.be.within(45, 345);
  });
});
