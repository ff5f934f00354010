package io.geartrain.master.internal;

import static io.geartrain.master.internal.Samples.BUNDLE;
import static io.geartrain.master.internal.Samples.START;
import static io.geartrain.master.internal.Samples.status;
import static io.geartrain.master.internal.Samples.submission;
import static io.geartrain.master.internal.Samples.worker;
import static io.geartrain.protocol.ApplicationState.DEPLOYING;
import static io.geartrain.protocol.ApplicationState.PLANNING;
import static io.geartrain.protocol.ApplicationState.RUNNING;
import static io.geartrain.protocol.ApplicationState.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.master.internal.Effect.Reply;
import io.geartrain.master.internal.Effect.SaveApplication;
import io.geartrain.master.internal.Effect.Schedule;
import io.geartrain.master.internal.Effect.TellAppMaster;
import io.geartrain.master.internal.Effect.TellWorker;
import io.geartrain.master.internal.MasterState.StoredApplication;
import io.geartrain.protocol.AppMasterToMaster.RequestSlots;
import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ApplicationView;
import io.geartrain.protocol.ClientToMaster.GetApplication;
import io.geartrain.protocol.ClusterView;
import io.geartrain.protocol.MasterToClient;
import io.geartrain.protocol.MasterToClient.ApplicationReply;
import io.geartrain.protocol.MasterToClient.ClusterReply;
import io.geartrain.protocol.MasterToClient.Refused;
import io.geartrain.protocol.WorkerToMaster.AppMasterLaunched;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A master's state, what happens to it, and what it has decided. */
abstract class MasterScenario {
  static final String APP_MASTER = "akka://geartrain/user/appmaster";

  final MasterState state = newState(MasterLimits.defaults());
  final List<Effect> effects = new ArrayList<>();
  Instant now = START;
  long token = 100;

  static MasterState newState(MasterLimits limits) {
    return new MasterState(
        "node-w-1", 4, "akka://master", limits, Samples.SCHEDULERS, new Random(1));
  }

  StoredApplication stored(String id, long epoch, ApplicationState told) {
    ApplicationSpec spec =
        new ApplicationSpec(id, "word-count", BUNDLE, "c", Map.of(), null, "ada", START);
    return new StoredApplication(spec, status(id, epoch, told));
  }

  // ---- what happens

  List<Effect> happened(List<Effect> decided) {
    effects.addAll(decided);
    return decided;
  }

  void elected(StoredApplication... stored) {
    happened(state.onElected(List.of(stored), "spread", now));
  }

  void joined(String id, int slots) {
    happened(state.onWorkersAlive(Set.of(id), now));
    happened(state.onRegisterWorker(worker(id, slots), now));
  }

  String submit() {
    happened(state.onSubmit(++token, submission(), BUNDLE, now));
    return last(SaveApplication.class).spec().id();
  }

  void launched(String id, long epoch) {
    happened(state.onAppMasterLaunched(new AppMasterLaunched("w-1", id, epoch, APP_MASTER), now));
  }

  void reported(String id, long epoch, ApplicationState told) {
    happened(state.onStatusReport(status(id, epoch, told), APP_MASTER, now));
  }

  void requested(String id, int slices) {
    happened(state.onRequestSlots(new RequestSlots(id, 1, slices), APP_MASTER, now));
  }

  /** The schedulers answer whatever was asked of them, until nothing more is asked. */
  void scheduled() {
    List<Schedule> asked = take(Schedule.class);
    while (!asked.isEmpty()) {
      for (Schedule one : asked) {
        happened(
            state.onScheduled(
                one.applicationId(),
                one.epoch(),
                Samples.decide(one.cluster(), one.requests()),
                now));
      }
      asked = take(Schedule.class);
    }
  }

  String running(int slices) {
    String id = submit();
    launched(id, 1);
    reported(id, 1, PLANNING);
    requested(id, slices);
    reported(id, 1, WAITING);
    scheduled();
    reported(id, 1, DEPLOYING);
    reported(id, 1, RUNNING);
    return id;
  }

  void passes(Duration duration) {
    now = now.plus(duration);
    happened(state.onTick(now));
  }

  // ---- what was decided

  <T> List<T> take(Class<T> type) {
    List<T> taken = all(type);
    effects.removeIf(type::isInstance);
    return taken;
  }

  <T> List<T> all(Class<T> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T> T last(Class<T> type) {
    List<T> found = all(type);
    assertThat(found).as("%s in %s", type.getSimpleName(), effects).isNotEmpty();
    return found.get(found.size() - 1);
  }

  MasterToClient answer(long to) {
    return all(Reply.class).stream()
        .filter(reply -> reply.token() == to)
        .map(Reply::message)
        .findFirst()
        .orElse(null);
  }

  Refused refused(long to) {
    assertThat(answer(to)).isInstanceOf(Refused.class);
    return (Refused) answer(to);
  }

  ApplicationView view(String id) {
    happened(state.onGet(++token, new GetApplication(id)));
    return ((ApplicationReply) answer(token)).application();
  }

  ClusterView cluster() {
    happened(state.onGetCluster(++token));
    return ((ClusterReply) answer(token)).cluster();
  }

  ApplicationState stateOf(String id) {
    return view(id).status().state();
  }

  <T> List<T> toWorker(Class<T> type) {
    return all(TellWorker.class).stream()
        .map(TellWorker::message)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  <T> List<T> toAppMaster(Class<T> type) {
    return all(TellAppMaster.class).stream()
        .map(TellAppMaster::message)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
