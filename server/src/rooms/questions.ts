import { randomUUID } from 'node:crypto';
import {
  DEFAULT_QUESTION_SETTINGS,
  ProtocolError,
  QUESTIONS_PER_ROOM,
  QUESTION_VOTES_INTERVAL_MS,
  WAITING_QUESTIONS,
  type ParticipantId,
  type QuestionAnswer,
  type QuestionId,
  type QuestionSettings,
  type QuestionState,
  type QuestionView,
  type ReplyData,
  type RequestData,
} from '../../../src/protocol/index.ts';
import type { StoredQuestion } from '../store/question-store.ts';
import type { Feature, FeatureParts } from './features.ts';
import { Lane } from './lane.ts';
import { Pace } from './pace.ts';
import type { Participant } from './participant.ts';

/** What is in memory of the questions, once it was asked for. */
interface Desk {
  settings: QuestionSettings;
  highlighted: QuestionId | null;
  /** `null` where the room was in no memory since. */
  highlightedAt: number | null;
  /** In the order asked. */
  readonly questions: Map<QuestionId, StoredQuestion>;
}

/** Who asks; the site's back end asks for people who need not be there. */
type Asker = StoredQuestion['asker'];

const isPublic = (state: QuestionState): boolean => state === 'open' || state === 'answered';

/** Questions of a room: asked, voted for, answered, shown ([U1]–[U5]). */
export class Questions implements Feature {
  readonly #parts: FeatureParts;
  /** Moderation takes effect one change after another. */
  readonly #changes = new Lane();
  readonly #votesDue = new Set<QuestionId>();
  readonly #votesPace: Pace;
  #desk: Promise<Desk> | null = null;

  constructor(parts: FeatureParts) {
    this.#parts = parts;
    this.#votesPace = new Pace(parts.clock, QUESTION_VOTES_INTERVAL_MS, () => this.#tellVotes());
  }

  get settled(): Promise<unknown> {
    return this.#changes.idle;
  }

  close(): void {
    this.#votesPace.close();
  }

  /** All of it that this participant may know ([U3]). */
  async viewFor(participant: Participant): Promise<ReplyData<'getQuestions'>> {
    const { roomId, stores } = this.#parts;
    const voted = await stores.questions.listVotes(roomId, participant.id);
    const { settings, highlighted, highlightedAt, questions } = await this.#open();
    return {
      settings,
      highlighted,
      highlightedAt,
      voted: [...voted],
      questions: [...questions.values()]
        .filter(({ state, asker }) => isPublic(state) || knowsAll(participant, asker.id))
        .map((question) => toView(question, knowsAll(participant, question.asker.id))),
    };
  }

  /** The question that this asker asked with this key before, if any ([Q2]). */
  async find(asker: Asker, key: string): Promise<QuestionView | null> {
    const { roomId, stores } = this.#parts;
    const found = await stores.questions.findQuestion(roomId, asker.id, key);
    return found && toView(found, true);
  }

  /** Throws `conflict` while none are taken, or where too many wait ([U2]). */
  async ask(asker: Asker, key: string, data: RequestData<'askQuestion'>): Promise<QuestionView> {
    const { roomId, stores, clock, announce } = this.#parts;
    const desk = await this.#open();
    const isAnonymous = data.isAnonymous ?? false;
    assertTaken(desk, asker, isAnonymous);
    const { question, repeated } = await stores.questions.askQuestion(roomId, {
      id: randomUUID() as QuestionId,
      key,
      asker: { id: asker.id, name: asker.name },
      isAnonymous,
      text: data.text.trim(),
      askedAt: clock.now(),
      state: desk.settings.isModerated ? 'waiting' : 'open',
    });
    if (!repeated) {
      desk.questions.set(question.id, question);
      if (question.state === 'open') this.#publishOpened(question);
      else this.#review(question);
      announce('question.asked', { question: toView(question, true) });
    }
    return toView(question, true);
  }

  /** Throws `notFound` where this participant sees no such question, `conflict` where it is not open ([U4]). */
  async vote(voter: Participant, questionId: QuestionId, voted: boolean): Promise<void> {
    const { roomId, stores } = this.#parts;
    const { questions } = await this.#open();
    const { state, asker } = find(questions, questionId);
    if (!isPublic(state) && !knowsAll(voter, asker.id)) throw notFound();
    if (state !== 'open') throw new ProtocolError('conflict', 'The question is not open.');
    if (!(await stores.questions.voteForQuestion(roomId, questionId, voter.id, voted))) return;
    const question = find(questions, questionId);
    questions.set(questionId, { ...question, votes: question.votes + (voted ? 1 : -1) });
    const { link } = voter;
    if (link) this.#parts.channel.signalTo(link, 'questionVoted', { questionId, voted });
    this.#votesDue.add(questionId);
    this.#votesPace.due();
  }

  /** `answeredBy` is `null` for the site's own back end. */
  answer(questionId: QuestionId, text: string | null, answeredBy: Participant | null): Promise<void> {
    return this.#change(async (desk) => {
      const { state, answer: before } = find(desk.questions, questionId);
      const by = answeredBy && { id: answeredBy.id, name: answeredBy.name };
      const isRepeat = state === 'answered' && before?.text === text && before.by?.id === by?.id;
      if (isRepeat) return;
      const answer: QuestionAnswer = { text, by, at: this.#parts.clock.now() };
      const question = await this.#save(desk, questionId, 'answered', answer);
      if (isPublic(state)) this.#parts.channel.publish('questionAnswered', { questionId, answer });
      else this.#publishOpened(question);
      this.#parts.announce('question.answered', { question: toView(question, true) });
    });
  }

  /** Lets a waiting question through, or opens one again. */
  openQuestion(questionId: QuestionId): Promise<void> {
    return this.#change(async (desk) => {
      if (find(desk.questions, questionId).state === 'open') return;
      const question = await this.#save(desk, questionId, 'open', null);
      this.#publishOpened(question);
      this.#parts.announce('question.opened', { question: toView(question, true) });
    });
  }

  dismiss(questionId: QuestionId): Promise<void> {
    return this.#change(async (desk) => {
      const { state, answer } = find(desk.questions, questionId);
      if (state === 'dismissed') return;
      if (desk.highlighted === questionId) await this.#highlight(desk, null);
      const question = await this.#save(desk, questionId, 'dismissed', answer);
      // Of what only some have seen, only they are told.
      if (isPublic(state)) this.#parts.channel.publish('questionDismissed', { questionId });
      else this.#review(question);
      this.#parts.announce('question.dismissed', { question: toView(question, true) });
    });
  }

  /** Throws `conflict` for a question that not everybody may see. */
  highlight(questionId: QuestionId | null): Promise<void> {
    return this.#change(async (desk) => {
      if (desk.highlighted === questionId) return;
      if (questionId !== null && !isPublic(find(desk.questions, questionId).state)) {
        throw new ProtocolError('conflict', 'The question is not shown to everybody.');
      }
      await this.#highlight(desk, questionId);
    });
  }

  /** All that there is to know, for the site's back end. */
  async whole(): Promise<{ settings: QuestionSettings; highlighted: QuestionId | null }> {
    const { settings, highlighted } = await this.#open();
    return { settings, highlighted };
  }

  /** One as the site's back end sees it. Throws `notFound`. */
  async view(questionId: QuestionId): Promise<QuestionView> {
    return toView(find((await this.#open()).questions, questionId), true);
  }

  changeSettings(change: RequestData<'changeQuestionSettings'>): Promise<QuestionSettings> {
    return this.#change(async (desk) => {
      const { roomId, stores, channel } = this.#parts;
      const { isOpen, isModerated, allowsAnonymous } = desk.settings;
      const settings = {
        isOpen: change.isOpen ?? isOpen,
        isModerated: change.isModerated ?? isModerated,
        allowsAnonymous: change.allowsAnonymous ?? allowsAnonymous,
      };
      const isSame = JSON.stringify(settings) === JSON.stringify({ isOpen, isModerated, allowsAnonymous });
      if (isSame) return settings;
      await stores.questions.saveQuestionDesk(roomId, { settings, highlighted: desk.highlighted });
      desk.settings = settings;
      channel.publish('questionSettingsChanged', { settings });
      return settings;
    });
  }

  /** What is stored, read once; a failure is tried again by the next who asks. */
  #open(): Promise<Desk> {
    this.#desk ??= this.#load().catch((error: unknown) => {
      this.#desk = null;
      throw error;
    });
    return this.#desk;
  }

  async #load(): Promise<Desk> {
    const { roomId, stores } = this.#parts;
    const { settings, highlighted, questions } = await stores.questions.loadQuestions(roomId);
    return {
      settings: settings ?? DEFAULT_QUESTION_SETTINGS,
      highlighted,
      highlightedAt: null,
      questions: new Map(questions.map((question) => [question.id, question])),
    };
  }

  #change<T>(change: (desk: Desk) => Promise<T>): Promise<T> {
    return this.#changes.run(async () => change(await this.#open()));
  }

  async #save(
    { questions }: Desk,
    questionId: QuestionId,
    state: QuestionState,
    answer: QuestionAnswer | null,
  ): Promise<StoredQuestion> {
    const { roomId, stores } = this.#parts;
    await stores.questions.saveQuestion(roomId, questionId, { state, answer });
    // Votes may have come meanwhile.
    const question = { ...find(questions, questionId), state, answer };
    questions.set(questionId, question);
    return question;
  }

  async #highlight(desk: Desk, questionId: QuestionId | null): Promise<void> {
    const { roomId, stores, channel, clock } = this.#parts;
    await stores.questions.saveQuestionDesk(roomId, { settings: desk.settings, highlighted: questionId });
    const at = clock.now();
    desk.highlighted = questionId;
    desk.highlightedAt = questionId === null ? null : at;
    const question = questionId === null ? null : toView(find(desk.questions, questionId), false);
    channel.publish('questionHighlighted', { question, at });
    this.#parts.announce('question.highlighted', { question });
  }

  #publishOpened(question: StoredQuestion): void {
    this.#parts.channel.publish('questionOpened', { question: toView(question, false) });
    if (question.isAnonymous) this.#review(question);
  }

  /** Tells the asker and those who moderate what the others may not know ([U3]). */
  #review(question: StoredQuestion): void {
    const { roster, channel } = this.#parts;
    const view = toView(question, true);
    for (const participant of roster) {
      const { link } = participant;
      if (link && knowsAll(participant, question.asker.id)) {
        channel.signalTo(link, 'questionReviewed', { question: view });
      }
    }
  }

  #tellVotes(): void {
    const due = [...this.#votesDue];
    this.#votesDue.clear();
    void this.#desk?.then(({ questions }) => {
      const votes = due.map((id): [QuestionId, number] => [id, questions.get(id)?.votes ?? 0]);
      this.#parts.channel.publish('questionVotesCounted', { votes });
    });
  }
}

function knowsAll(participant: Participant, askerId: ParticipantId): boolean {
  return participant.id === askerId || participant.may('question.moderate');
}

export function toView(question: StoredQuestion, knowsAsker: boolean): QuestionView {
  const { id, index, text, askedAt, isAnonymous, state, votes, answer, asker } = question;
  const shown = isAnonymous && !knowsAsker ? null : asker;
  return { id, index, text, askedAt, isAnonymous, asker: shown, state, votes, answer };
}

function find(questions: ReadonlyMap<QuestionId, StoredQuestion>, questionId: QuestionId): StoredQuestion {
  const question = questions.get(questionId);
  if (!question) throw notFound();
  return question;
}

function notFound(): ProtocolError {
  return new ProtocolError('notFound', 'There is no such question.');
}

function assertTaken({ settings, questions }: Desk, asker: Asker, isAnonymous: boolean): void {
  if (!settings.isOpen) throw new ProtocolError('conflict', 'No questions are taken now.');
  if (isAnonymous && !settings.allowsAnonymous) {
    throw new ProtocolError('conflict', 'Questions are asked by name here.');
  }
  if (questions.size >= QUESTIONS_PER_ROOM) throw new ProtocolError('conflict', 'The room has too many questions.');
  let own = 0;
  for (const { state, asker: other } of questions.values()) {
    if (other.id === asker.id && (state === 'open' || state === 'waiting')) own += 1;
  }
  if (own >= WAITING_QUESTIONS) throw new ProtocolError('conflict', 'Too many of your questions wait for an answer.');
}
