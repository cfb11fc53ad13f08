import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { RoomContext } from '../../context/room-context.ts';
import { formatCount, languageOf, msg, str } from '../../locales/localization.ts';
import type { LeaderboardEntry, PollStanding } from '../../protocol/index.ts';

const PAGE = 10;

/** Who leads in the room's quiz, page by page; loaded anew when one's own points change. */
export class Leaderboard {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #room: () => RoomContext | undefined;
  #entries: readonly LeaderboardEntry[] = [];
  #total = 0;
  #next: number | null = 0;
  #state: 'idle' | 'loading' | 'failed' = 'idle';
  #loadedAt: PollStanding | null | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, room: () => RoomContext | undefined) {
    this.#host = host;
    this.#room = room;
  }

  render(): TemplateResult {
    const standing = this.#room()?.store.features.loaded.value.polls?.standing.value ?? null;
    if (this.#loadedAt !== standing) {
      this.#loadedAt = standing;
      void this.#load(0);
    }
    const language = languageOf(this.#host);
    const isListed = standing !== null && standing.rank <= this.#entries.length;
    return html`<div class="leaders" part="leaderboard">
      ${this.#state === 'loading' && this.#entries.length === 0 ? html`<div class="skeleton line-option"></div>` : nothing}
      <ol>
        ${this.#entries.map(
          ({ rank, name, points, streak }) =>
            html`<li class="leader ${rank <= 3 ? `top-${rank}` : ''}">
              <span class="rank tabular">${rank}</span><span class="truncate" dir="auto">${name}</span>
              ${streak > 1 ? html`<span class="badge">${msg(str`${streak} in a row`)}</span>` : nothing}
              <span class="points tabular">${formatCount(points, language)}</span>
            </li>`,
        )}
      </ol>
      ${
        standing === null || isListed
          ? nothing
          : html`<p class="leader own">
              <span class="rank tabular">${standing.rank}</span><span>${msg('You')}</span>
              <span class="points tabular">${formatCount(standing.points, language)}</span>
            </p>`
      }
      ${this.#state === 'failed' ? html`<p class="hint danger">${msg('The leaderboard could not be loaded.')}</p>` : nothing}
      ${this.#total === 0 && this.#state === 'idle' ? html`<p class="hint">${msg('Nobody has points yet.')}</p>` : nothing}
      ${
        this.#next === null || this.#entries.length === 0
          ? nothing
          : html`<button type="button" class="button quiet small" @click=${() => void this.#load(this.#next ?? 0)}>
              ${msg('Show more')}
            </button>`
      }
    </div>`;
  }

  async #load(after: number): Promise<void> {
    const room = this.#room();
    if (room === undefined || this.#state === 'loading') return;
    this.#state = 'loading';
    try {
      const page = await room.actions.getLeaderboard({ after, limit: PAGE });
      this.#entries = after === 0 ? page.entries : [...this.#entries, ...page.entries];
      this.#total = page.total;
      this.#next = page.next;
      this.#state = 'idle';
    } catch {
      this.#state = 'failed';
    }
    this.#host.requestUpdate();
  }
}
