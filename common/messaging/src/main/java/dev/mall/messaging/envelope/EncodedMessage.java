package dev.mall.messaging.envelope;

/**
 * A message in the form in which it is stored and sent. Its meaning depends on all three together.
 *
 * @param type the name of the record, see {@link dev.mall.contracts.wire.MessageTypes}
 * @param version of the body, counted from 1 for each type
 * @param body JSON
 */
@SuppressWarnings("ArrayRecordComponent") // two of them are never compared
public record EncodedMessage(String type, int version, byte[] body) {}
