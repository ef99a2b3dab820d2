package dev.mall.lab.clocks;

/** A clock of one process, which gives times to its events. Not thread-safe. */
interface EventClock {

  /** Stamps an event of the process, such as the sending of a message that carries the stamp. */
  Stamp tick();

  /** Stamps the receipt of a message that carries a stamp. */
  Stamp receive(Stamp sent);
}
