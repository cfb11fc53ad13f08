import { expect } from '@open-wc/testing';
import { describeError } from '../../src/locales/errors.ts';
import { formatCompactCount } from '../../src/locales/compact-count.ts';
import { formatDuration } from '../../src/locales/duration.ts';
import { formatCount, languageOf } from '../../src/locales/localization.ts';
import { describeMediaError } from '../../src/locales/media-errors.ts';
import { describeRole } from '../../src/locales/roles.ts';
import { formatRelativeDay, formatTime } from '../../src/locales/times.ts';
import { BUILT_IN_ROLES, ERRORS, SOURCES, type ErrorCode, type MediaErrorCode } from '../../src/protocol/index.ts';

const mediaErrors: Record<MediaErrorCode, true> = {
  permissionDenied: true,
  permissionDismissed: true,
  blockedByPage: true,
  notFound: true,
  inUse: true,
  unsupported: true,
  insecure: true,
  ended: true,
  failed: true,
};

describe('words', () => {
  it('say what every error of the wire means, as a sentence', () => {
    for (const code of Object.keys(ERRORS) as ErrorCode[]) {
      const words = describeError({ code, message: 'for developers' });
      expect(words, code).to.match(/^[A-Z].*\.$/);
      expect(words).not.to.contain('developers');
    }
  });

  it('say how long to wait', () => {
    expect(describeError({ code: 'rateLimited', message: '', retryAfterMs: 4_200 })).to.contain('5 seconds');
    expect(describeError({ code: 'rateLimited', message: '', retryAfterMs: 300 })).to.contain('in a moment');
  });

  it('say why every source may be missing, and what helps', () => {
    for (const source of SOURCES) {
      for (const code of Object.keys(mediaErrors) as MediaErrorCode[]) {
        const { title, text } = describeMediaError(source, code);
        expect(title, `${source} ${code}`).to.match(/^[A-Z].*[^.]$/);
        expect(text, `${source} ${code}`).to.match(/^[A-Z].*\.$/);
      }
    }
  });

  it('name every role', () => {
    for (const role of Object.keys(BUILT_IN_ROLES)) expect(describeRole(role)).to.match(/^[A-Z][a-z]+$/);
    expect(describeRole('stage-manager')).to.equal('Stage manager');
  });

  it('are in the language around the element', () => {
    const outer = document.createElement('div');
    const host = document.createElement('div');
    const inner = document.createElement('p');
    outer.lang = 'de';
    outer.append(host);
    host.attachShadow({ mode: 'open' }).append(inner);
    expect(languageOf(inner)).to.equal('de');
    expect(formatCount(1_234_567, 'de')).to.equal('1.234.567');
    expect(formatCount(1_234_567, 'en')).to.equal('1,234,567');
    expect(formatCompactCount(1_234_567, 'en')).to.equal('1.2M');
    for (const language of ['en', 'de-AT', 'zh-Hans', 'ar-EG', 'fa', 'en-u-nu-deva', 'no such language'])
      for (const count of [0, 7, 999, 1_000, 2.5])
        expect(formatCompactCount(count, language), `${count} ${language}`).to.equal(
          new Intl.NumberFormat(language === 'no such language' ? undefined : language, {
            notation: 'compact',
            maximumFractionDigits: 1,
          }).format(count),
        );
    expect(formatCount(5, 'no such language'), 'an unknown language breaks nothing').to.equal('5');
  });

  it('tell times and days', () => {
    const now = new Date(2026, 2, 3, 14, 5).getTime();
    const day = 86_400_000;
    expect(formatTime(now, 'de')).to.equal('14:05');
    expect(formatRelativeDay(now - 1_000, now, 'en')).to.equal('Today');
    expect(formatRelativeDay(now - day, now, 'en')).to.equal('Yesterday');
    expect(formatRelativeDay(now - 2 * day, now, 'en')).to.contain('March 1, 2026');
    expect(formatDuration(65_000)).to.equal('1:05');
    expect(formatDuration(3_725_000)).to.equal('1:02:05');
    expect(formatDuration(-5)).to.equal('0:00');
  });
});
