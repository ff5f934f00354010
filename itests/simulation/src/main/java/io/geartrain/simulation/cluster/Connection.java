package io.geartrain.simulation.cluster;

import io.geartrain.coordination.memory.InMemoryMetadataStore;
import io.geartrain.simulation.time.Agenda;

/** A machine's session with the metadata, and what troubles it. */
final class Connection {
  private final InMemoryMetadataStore session;
  private final Agenda agenda;
  private long unavailableUntil;
  private boolean losesAnswer;

  Connection(InMemoryMetadataStore session, Agenda agenda) {
    this.session = session;
    this.agenda = agenda;
  }

  InMemoryMetadataStore session() {
    return session;
  }

  /** Lets no call be answered for a while. */
  void unavailableFor(long nanos) {
    unavailableUntil = agenda.now() + nanos;
  }

  /** Lets the next write go unanswered, though it happens. */
  void loseAnswer() {
    losesAnswer = true;
  }

  boolean available() {
    return agenda.now() >= unavailableUntil;
  }

  /** Whether the answer that is on its way is lost; once. */
  boolean takeLostAnswer() {
    boolean lost = losesAnswer;
    losesAnswer = false;
    return lost;
  }
}
