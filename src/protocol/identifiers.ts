import * as v from 'valibot';

const identifier = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.:-]{1,64}$/));

export const roomId = v.pipe(identifier, v.brand('RoomId'));
export const participantId = v.pipe(identifier, v.brand('ParticipantId'));
export const streamId = v.pipe(identifier, v.brand('StreamId'));
export const subscriptionId = v.pipe(identifier, v.brand('SubscriptionId'));
export const transportId = v.pipe(identifier, v.brand('TransportId'));
export const messageId = v.pipe(identifier, v.brand('MessageId'));
export const questionId = v.pipe(identifier, v.brand('QuestionId'));
export const offerId = v.pipe(identifier, v.brand('OfferId'));
export const roleName = v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9-]{0,31}$/), v.brand('RoleName'));

export type RoomId = v.InferOutput<typeof roomId>;
export type ParticipantId = v.InferOutput<typeof participantId>;
export type StreamId = v.InferOutput<typeof streamId>;
export type SubscriptionId = v.InferOutput<typeof subscriptionId>;
export type TransportId = v.InferOutput<typeof transportId>;
export type MessageId = v.InferOutput<typeof messageId>;
export type QuestionId = v.InferOutput<typeof questionId>;
export type OfferId = v.InferOutput<typeof offerId>;
export type RoleName = v.InferOutput<typeof roleName>;
