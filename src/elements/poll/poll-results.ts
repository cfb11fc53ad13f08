import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../icons/icon.ts';
import { checkIcon } from '../../icons/check.ts';
import { starIcon } from '../../icons/star.ts';
import { formatCount, msg, once, str, supported } from '../../locales/localization.ts';
import type { PollAnswer, PollTally, PollView } from '../../protocol/index.ts';
import { styleProperties } from '../../styles/style-properties.ts';

interface Bar {
  readonly label: string;
  readonly count: number;
  readonly words: string;
  readonly isOwn: boolean;
  readonly isRight: boolean;
}

/** The result of a poll so far, with one's own answer marked. */
export function renderResults(
  poll: PollView,
  tally: PollTally,
  answer: PollAnswer | undefined,
  language: string,
): TemplateResult {
  switch (poll.kind) {
    case 'single':
    case 'multiple':
    case 'ranking':
      return renderBars(toBars(poll, tally, answer, language));
    case 'rating':
      return html`${renderAverage(tally, language, ` / ${poll.scale}`)}${renderBars(toBars(poll, tally, answer, language))}`;
    case 'number':
      return html`${renderAverage(tally, language, poll.unit === '' ? '' : ` ${poll.unit}`)}
      ${renderColumns(tally, language)}`;
    case 'words':
      return renderCloud(tally);
    case 'text':
      return renderTexts(tally);
  }
}

function toBars(poll: PollView, tally: PollTally, answer: PollAnswer | undefined, language: string): Bar[] {
  const right = poll.quiz?.right;
  return tally.counts.map(({ label, count }, place) => {
    const isChosen = answer?.type === 'choices' ? poll.kind !== 'ranking' && answer.choices.includes(place) : false;
    const isRated = answer?.type === 'number' && String(answer.number) === label;
    return {
      label,
      count,
      words: poll.kind === 'ranking' ? formatCount(count, language) : formatShare(count, tally.voters, language),
      isOwn: isChosen || isRated,
      isRight: right?.type === 'choices' && poll.kind !== 'ranking' && right.choices.includes(place),
    };
  });
}

function renderBars(bars: readonly Bar[]): TemplateResult {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return html`<ul class="bars" part="results">
    ${bars.map(
      ({ label, count, words, isOwn, isRight }) =>
        html`<li class="bar-row ${isOwn ? 'own' : ''} ${isRight ? 'right' : ''}" part="result">
          <span class="bar" ${styleProperties({ transform: `scaleX(${(count / most).toFixed(4)})` })}></span>
          <span class="bar-label">
            ${label}${isOwn ? html`<span class="badge accent">${msg('You')}</span>` : nothing}
            ${isRight ? html`<span class="badge success">${icon(checkIcon)}${msg('Right')}</span>` : nothing}
          </span>
          <span class="bar-count tabular">${words}</span>
        </li>`,
    )}
  </ul>`;
}

function renderAverage({ average }: PollTally, language: string, unit: string): TemplateResult {
  const words = average === null ? '–' : formatAverage(average, language);
  return html`<p class="average tabular" part="average">
    ${unit.startsWith(' /') ? icon(starIcon) : nothing}<strong>${words}</strong
    ><span class="hint">${unit} ${msg('on average')}</span>
  </p>`;
}

function renderColumns({ counts }: PollTally, language: string): TemplateResult {
  const most = Math.max(1, ...counts.map(({ count }) => count));
  return html`<ul class="columns" part="results">
    ${counts.map(
      ({ label, count }) =>
        html`<li class="column" part="result">
          <span class="visually-hidden">${msg(str`From ${label}: ${formatCount(count, language)}`)}</span>
          <span class="column-room" aria-hidden="true"
            ><span class="column-bar" ${styleProperties({ transform: `scaleY(${(count / most).toFixed(4)})` })}></span
          ></span>
          <span class="column-label tabular" aria-hidden="true">${formatAverage(Number(label), language)}</span>
        </li>`,
    )}
  </ul>`;
}

function renderCloud({ counts }: PollTally): TemplateResult {
  const most = Math.max(1, ...counts.map(({ count }) => count));
  // In the order of the words, so that one that grows stays where it is.
  const words = [...counts].sort((one, other) => one.label.localeCompare(other.label));
  return html`<ul class="cloud" part="results">
    ${words.map(
      ({ label, count }) =>
        html`<li
          part="result"
          class="weight-${Math.ceil((4 * count) / most)}"
          ${styleProperties({ '--_share': Math.sqrt(count / most).toFixed(3) })}
        >
          ${label}<span class="visually-hidden">: ${count}</span>
        </li>`,
    )}
  </ul>`;
}

function renderTexts({ texts }: PollTally): TemplateResult {
  return html`<ul class="texts scroller" part="results" tabindex="0" aria-label=${msg('Answers')}>
    ${texts.map(
      ({ text, author }) =>
        html`<li class="text-row" part="result">
          <span dir="auto">${text}</span
          >${author === null ? nothing : html`<span class="hint" dir="auto">${author}</span>`}
        </li>`,
    )}
  </ul>`;
}

function formatShare(count: number, of: number, language: string): string {
  return once(`share ${language}`, () => new Intl.NumberFormat(supported(language), { style: 'percent' })).format(
    of === 0 ? 0 : count / of,
  );
}

function formatAverage(value: number, language: string): string {
  return once(
    `average ${language}`,
    () => new Intl.NumberFormat(supported(language), { maximumFractionDigits: 1 }),
  ).format(value);
}
