package io.geartrain.master.internal;

import io.geartrain.master.internal.Effect.Note;
import io.geartrain.master.internal.Effect.Reply;
import io.geartrain.master.internal.Effect.SaveApplication;
import io.geartrain.master.internal.Effect.TellWorker;
import io.geartrain.protocol.MasterToClient;
import io.geartrain.protocol.MasterToWorker;
import io.geartrain.protocol.WorkerToMaster.RegisterWorker;
import java.util.ArrayList;
import java.util.List;

/** Collects what is decided while one event is handled; owned by {@link MasterState}. */
final class Effects {
  private List<Effect> collected = new ArrayList<>();

  void add(Effect effect) {
    collected.add(effect);
  }

  void tell(RegisterWorker worker, MasterToWorker message) {
    add(new TellWorker(worker.address(), message));
  }

  void save(AppEntry app) {
    add(new SaveApplication(app.spec, app.status));
  }

  void reply(long token, MasterToClient message) {
    add(new Reply(token, message));
  }

  void note(String format, Object... values) {
    add(new Note(false, format.formatted(values)));
  }

  void warn(String format, Object... values) {
    add(new Note(true, format.formatted(values)));
  }

  /** All of it, in order; nothing is left. */
  List<Effect> drain() {
    List<Effect> drained = collected;
    collected = new ArrayList<>();
    return drained;
  }
}
