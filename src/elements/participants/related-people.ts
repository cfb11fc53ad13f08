import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import type { RoomContext } from '../../context/room-context.ts';
import { msg } from '../../locales/localization.ts';
import type { ListedParticipant, ParticipantId } from '../../protocol/index.ts';
import { onStage } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import { renderRows, renderSection, type SectionsView } from './participant-sections.ts';

/** The server gives no more at one time; others are found by search. */
const MOST_SHOWN = 100;

/** Friends, and those of one's own groups, before everyone else. Loaded where some of them are here. */
export class RelatedPeople {
  readonly #host: LitElement;
  readonly #room: () => RoomContext | undefined;
  #people: readonly ListedParticipant[] = [];
  /** The load of the list that these belong to. */
  #load: unknown;

  constructor(host: LitElement, room: () => RoomContext | undefined) {
    this.#host = host;
    this.#room = room;
  }

  /** Those who stand in a section of these, and so in no other. */
  idsIn(store: Store): ReadonlySet<ParticipantId> {
    return new Set(this.#present(store).map(({ id }) => id));
  }

  render(store: Store, view: SectionsView): TemplateResult {
    this.#follow(view);
    const people = this.#present(store);
    const rest = people.filter(({ isFriend }) => !isFriend);
    const groups = [...new Set(rest.flatMap(({ groups: [first] = [] }) => first ?? []))].sort();
    const section = (title: string, members: readonly ListedParticipant[]) =>
      members.length === 0
        ? nothing
        : renderSection(title, members.length, view.language, renderRows(store, view, members));
    return html`${section(
      msg('Friends'),
      people.filter(({ isFriend }) => isFriend === true),
    )}${groups.map((group) =>
      section(
        group,
        rest.filter(({ groups: [first] = [] }) => first === group),
      ),
    )}`;
  }

  /** Whoever is on stage stands there. */
  #present(store: Store): readonly ListedParticipant[] {
    const stage = new Set(onStage(store).map(({ id }) => id));
    return this.#people.filter(({ id }) => !stage.has(id));
  }

  /** Asks anew after each load of the list. */
  #follow({ directory }: SectionsView): void {
    if (directory.loaded === this.#load) return;
    const load = (this.#load = directory.loaded);
    this.#room()
      ?.actions.listParticipants({ related: true, limit: MOST_SHOWN })
      .then(
        ({ participants }) => {
          if (load !== this.#load) return;
          this.#people = participants;
          this.#host.requestUpdate();
        },
        // The next load of the list asks again.
        () => undefined,
      );
  }
}
