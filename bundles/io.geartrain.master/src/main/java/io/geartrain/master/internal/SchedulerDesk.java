package io.geartrain.master.internal;

import io.geartrain.master.internal.Effect.SaveScheduler;
import io.geartrain.protocol.ClientToMaster.SetScheduler;
import io.geartrain.protocol.MasterToClient.Done;

/** Lets clients choose the default scheduler. Owned by {@link MasterState}. */
final class SchedulerDesk {
  private final SubmissionCheck check;
  private final SlotAllocator slots;
  private final Effects effects;

  SchedulerDesk(SubmissionCheck check, SlotAllocator slots, Effects effects) {
    this.check = check;
    this.slots = slots;
    this.effects = effects;
  }

  /** Somebody chooses; what waits for slots is decided again. */
  void choose(long token, SetScheduler message) {
    if (!check.knowsScheduler(message.name())) {
      effects.reply(token, check.unknownScheduler(message.name()));
      return;
    }
    slots.defaultScheduler(message.name());
    effects.note("Scheduler %s is made the default by %s", message.name(), message.principal());
    effects.add(new SaveScheduler(message.name()));
    effects.reply(token, new Done());
    slots.capacityChanged();
  }
}
