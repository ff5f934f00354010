package io.geartrain.actor;

/** Names of the dispatchers, for {@code Props.withDispatcher}. */
public final class GearDispatchers {
  /** For the shells of roles; its threads may block on the metadata store. */
  public static final String CONTROL = "gear.control";

  /** For tasks: as many threads as cores, one message a turn; never blocks. */
  public static final String TASKS = "gear.tasks";

  /** For tasks that may block: a thread for each. */
  public static final String BLOCKING_TASKS = "gear.blocking-tasks";

  /** For what blocks for long. */
  public static final String BLOCKING = "gear.blocking";

  private GearDispatchers() {}
}
