package dev.mall.chaos.agent;

/**
 * A place in the services' code where a fault is worst. The thread that passes it first after the
 * suite has armed it stands still there; the suite then kills or stops the process.
 */
public enum CrashPoint {
  /** Committed, and not yet sent. */
  RELAY_BEFORE_SEND("messaging/outbox/relay/OutboxPublisher", "publish", Where.ENTRY),
  /** Handed to the broker, whose acknowledgement was not read yet. */
  RELAY_IN_BATCH(
      "messaging/outbox/relay/OutboxPublisher",
      "send",
      "(Ljava/util/List;Ljava/util/Set;)",
      Where.EXIT),
  /** Sent, and still in the outbox. */
  RELAY_BEFORE_REMOVAL("messaging/outbox/relay/OutboxStore", "remove", Where.ENTRY),
  /** Everything written, nothing committed. */
  IN_TRANSACTION("messaging/outbox/Outbox", "append", Where.EXIT),
  /** Committed, and Kafka does not know yet that the poll is done with. */
  BEFORE_OFFSET_COMMIT("messaging/consumer/BatchConsumer", "onMessage", Where.EXIT),
  /** A participant's transaction is prepared, and its vote is not written. */
  PREPARED_BEFORE_VOTE("twophase/PreparedTransactions", "prepare", Where.EXIT),
  /** The decision is read, and the prepared transaction still waits for it. */
  DECISION_READ("twophase/TransactionParticipant", "decide", Where.ENTRY),
  /** The prepared transaction is committed, and the coordinator does not know. */
  COMMITTED_BEFORE_REPLY("twophase/PreparedTransactions", "commit", Where.EXIT),
  /** Locks taken and a token drawn; no transaction begun. */
  LOCK_HELD("locking/Locks", "token", Where.EXIT),
  /** Late orders chosen to be announced again. */
  ANNOUNCE_SWEEP("order/republish/LateOrders", "take", Where.EXIT),
  /** Expired reservations locked. */
  EXPIRY_SWEEP("inventory/stock/reservation/ReservationStore", "lockedExpired", Where.EXIT),
  /** Passed deadlines claimed. */
  DEADLINE_SWEEP("saga/runtime/store/DueSagas", "claimDue", Where.EXIT);

  enum Where {
    ENTRY,
    EXIT
  }

  private final String className;
  private final String method;
  private final String parameters;
  private final Where where;

  CrashPoint(String className, String method, Where where) {
    this(className, method, "(", where);
  }

  CrashPoint(String className, String method, String parameters, Where where) {
    this.className = "dev/mall/" + className;
    this.method = method;
    this.parameters = parameters;
    this.where = where;
  }

  /** The class, as class files name it. */
  public String className() {
    return className;
  }

  public String method() {
    return method;
  }

  Where where() {
    return where;
  }

  boolean isIn(String name, String descriptor) {
    return name.equals(method) && descriptor.startsWith(parameters);
  }
}
