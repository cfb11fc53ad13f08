import type { Caption, CaptionDraft } from '../protocol/index.ts';
import { createCaptionsSlice } from '../store/captions.ts';
import type { FakeFeature } from './fake-features.ts';
import type { FakeRoomModel } from './fake-room-model.ts';

export interface FakeCaptionOptions {
  readonly text: string;
  /** Name of who speaks; nobody is named without it. */
  readonly speaker?: string;
  /** `en` unless told. */
  readonly language?: string;
  /** Is still being said. */
  readonly draft?: boolean;
}

/** A piece of speech in a fake room. */
export type FakeHear = (caption: FakeCaptionOptions) => void;

export function createFakeCaptions(
  model: FakeRoomModel,
  captions: readonly FakeCaptionOptions[] = [],
): FakeFeature<'captions'> & { readonly hear: FakeHear } {
  const slice = createCaptionsSlice();
  const hear: FakeHear = ({ text, speaker, language = 'en', draft = false }) => {
    const startedAt = model.nextTime();
    const said: CaptionDraft = {
      id: model.nextId('caption-'),
      language,
      speaker: speaker === undefined ? null : { participantId: null, name: speaker },
      text,
      startedAt,
    };
    const sameLanguage = (each: CaptionDraft) => each.language === language;
    const others = slice.drafts.value.filter((each) => !sameLanguage(each));
    slice.drafts.value = draft ? [...others, said] : others;
    if (draft) return;
    const spoken: Caption = { ...said, index: slice.spoken.value.length, endedAt: startedAt };
    slice.spoken.value = [...slice.spoken.value, spoken];
  };
  for (const each of captions) hear(each);
  return {
    slice,
    hear,
    answers: {
      sendCaption({ text, language, final }) {
        hear({ text, language, draft: !final, speaker: model.personOf(model.selfId).name });
        return {};
      },
    },
  };
}
