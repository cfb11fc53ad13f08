import {
  completePoll,
  findPollFault,
  ProtocolError,
  type PollChange,
  type PollDefinition,
  type PollInput,
} from '../../../../src/protocol/index.ts';

/** Throws `badRequest` where the poll makes no sense ([V2]). */
export function createDefinition(input: PollInput): PollDefinition {
  const definition = completePoll(input);
  const fault = findPollFault(definition);
  if (fault !== null) throw new ProtocolError('badRequest', fault);
  return definition;
}

/** The same with what is said of it changed. Throws `badRequest`. */
export function changeDefinition(definition: PollDefinition, change: PollChange): PollDefinition {
  const { quiz, maxChoices, ...rest } = definition;
  const kept = quiz?.right ? { ...quiz, right: quiz.right } : null;
  // How many may be chosen is as usual again where there is other to choose.
  const keepsChoices = change.kind === undefined && change.options === undefined;
  // What is given as undefined was not given.
  const said = Object.entries(change).filter(([, value]) => value !== undefined);
  return createDefinition({
    ...rest,
    ...(keepsChoices ? { maxChoices } : {}),
    quiz: kept,
    ...Object.fromEntries(said),
  });
}
