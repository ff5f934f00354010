package io.geartrain.master.internal;

import static io.geartrain.master.internal.Samples.BUNDLE;
import static io.geartrain.master.internal.Samples.START;
import static io.geartrain.master.internal.Samples.bundle;
import static io.geartrain.master.internal.Samples.status;
import static io.geartrain.master.internal.Samples.submission;
import static io.geartrain.master.internal.Samples.worker;
import static io.geartrain.protocol.ApplicationState.CANCELLED;
import static io.geartrain.protocol.ApplicationState.CANCELLING;
import static io.geartrain.protocol.ApplicationState.COMPLETED;
import static io.geartrain.protocol.ApplicationState.DEPLOYING;
import static io.geartrain.protocol.ApplicationState.FAILED;
import static io.geartrain.protocol.ApplicationState.PLANNING;
import static io.geartrain.protocol.ApplicationState.RUNNING;
import static io.geartrain.protocol.ApplicationState.SUBMITTED;
import static io.geartrain.protocol.ApplicationState.WAITING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.geartrain.master.internal.Effect.ForgetApplication;
import io.geartrain.master.internal.Effect.Reply;
import io.geartrain.master.internal.Effect.SaveApplication;
import io.geartrain.master.internal.Effect.SaveScheduler;
import io.geartrain.master.internal.Effect.Schedule;
import io.geartrain.master.internal.Effect.TellAppMaster;
import io.geartrain.master.internal.Effect.TellWorker;
import io.geartrain.master.internal.MasterState.StoredApplication;
import io.geartrain.protocol.AppMasterToMaster.RequestSlots;
import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ApplicationView;
import io.geartrain.protocol.ClientToMaster.CancelApplication;
import io.geartrain.protocol.ClientToMaster.GetApplication;
import io.geartrain.protocol.ClientToMaster.SetScheduler;
import io.geartrain.protocol.ClientToMaster.StopNode;
import io.geartrain.protocol.ClientToMaster.SubmitApplication;
import io.geartrain.protocol.ClusterView;
import io.geartrain.protocol.MasterToAppMaster.SlotsDecided;
import io.geartrain.protocol.MasterToAppMaster.StopApplication;
import io.geartrain.protocol.MasterToClient;
import io.geartrain.protocol.MasterToClient.ApplicationReply;
import io.geartrain.protocol.MasterToClient.ApplicationsReply;
import io.geartrain.protocol.MasterToClient.ClusterReply;
import io.geartrain.protocol.MasterToClient.Done;
import io.geartrain.protocol.MasterToClient.NodesReply;
import io.geartrain.protocol.MasterToClient.Refused;
import io.geartrain.protocol.MasterToClient.SchedulersReply;
import io.geartrain.protocol.MasterToWorker.LaunchAppMaster;
import io.geartrain.protocol.MasterToWorker.ShutDownNode;
import io.geartrain.protocol.MasterToWorker.StopAppMaster;
import io.geartrain.protocol.MasterToWorker.WorkerRegistered;
import io.geartrain.protocol.NodeView;
import io.geartrain.protocol.Placement;
import io.geartrain.protocol.SchedulerView;
import io.geartrain.protocol.WorkerToMaster.AppMasterLaunched;
import io.geartrain.protocol.WorkerToMaster.AppMasterTerminated;
import io.geartrain.spi.WorkerSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MasterStateTest {
  private static final String APP_MASTER = "akka://geartrain/user/appmaster";

  private final MasterState state = newState(MasterLimits.defaults());
  private final List<Effect> effects = new ArrayList<>();
  private Instant now = START;
  private long token = 100;

  private static MasterState newState(MasterLimits limits) {
    return new MasterState(
        "node-w-1", 4, "akka://master", limits, Samples.SCHEDULERS, new Random(1));
  }

  // ---- what happens

  private List<Effect> happened(List<Effect> decided) {
    effects.addAll(decided);
    return decided;
  }

  private void elected(StoredApplication... stored) {
    happened(state.onElected(List.of(stored), "spread", now));
  }

  private void joined(String id, int slots) {
    happened(state.onWorkersAlive(Set.of(id), now));
    happened(state.onRegisterWorker(worker(id, slots), now));
  }

  private String submit() {
    happened(state.onSubmit(++token, submission(), BUNDLE, now));
    return last(SaveApplication.class).spec().id();
  }

  private void launched(String id, long epoch) {
    happened(state.onAppMasterLaunched(new AppMasterLaunched("w-1", id, epoch, APP_MASTER), now));
  }

  private void reported(String id, long epoch, ApplicationState told) {
    happened(state.onStatusReport(status(id, epoch, told), APP_MASTER, now));
  }

  private void requested(String id, int slices) {
    happened(state.onRequestSlots(new RequestSlots(id, 1, slices), APP_MASTER, now));
  }

  /** The schedulers answer whatever was asked of them, until nothing more is asked. */
  private void scheduled() {
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

  private String running(int slices) {
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

  private void passes(Duration duration) {
    now = now.plus(duration);
    happened(state.onTick(now));
  }

  // ---- what was decided

  private <T> List<T> take(Class<T> type) {
    List<T> taken = all(type);
    effects.removeIf(type::isInstance);
    return taken;
  }

  private <T> List<T> all(Class<T> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private <T> T last(Class<T> type) {
    List<T> found = all(type);
    assertThat(found).as("%s in %s", type.getSimpleName(), effects).isNotEmpty();
    return found.get(found.size() - 1);
  }

  private MasterToClient answer(long to) {
    return all(Reply.class).stream()
        .filter(reply -> reply.token() == to)
        .map(Reply::message)
        .findFirst()
        .orElse(null);
  }

  private Refused refused(long to) {
    assertThat(answer(to)).isInstanceOf(Refused.class);
    return (Refused) answer(to);
  }

  private ApplicationView view(String id) {
    happened(state.onGet(++token, new GetApplication(id)));
    return ((ApplicationReply) answer(token)).application();
  }

  private ClusterView cluster() {
    happened(state.onGetCluster(++token));
    return ((ClusterReply) answer(token)).cluster();
  }

  private ApplicationState stateOf(String id) {
    return view(id).status().state();
  }

  private <T> List<T> toWorker(Class<T> type) {
    return all(TellWorker.class).stream()
        .map(TellWorker::message)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private <T> List<T> toAppMaster(Class<T> type) {
    return all(TellAppMaster.class).stream()
        .map(TellAppMaster::message)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private StoredApplication stored(String id, long epoch, ApplicationState told) {
    ApplicationSpec spec =
        new ApplicationSpec(id, "word-count", BUNDLE, "c", Map.of(), null, "ada", START);
    return new StoredApplication(spec, status(id, epoch, told));
  }

  // ---- workers

  @Test
  void shouldRegisterWorkers() {
    elected();
    joined("w-1", 8);

    assertThat(toWorker(WorkerRegistered.class)).containsExactly(new WorkerRegistered(4));
    assertThat(cluster().totalSlots()).isEqualTo(8);
    assertThat(cluster().freeSlots()).isEqualTo(8);
    assertThat(cluster().workers()).isEqualTo(1);
  }

  @Test
  void shouldTakeARepeatedRegistrationForTheSameWorker() {
    elected();
    joined("w-1", 8);
    String id = running(2);

    happened(state.onRegisterWorker(worker("w-1", 8), now));

    assertThat(stateOf(id)).isEqualTo(RUNNING);
    assertThat(toWorker(WorkerRegistered.class)).hasSize(2);
  }

  @Test
  void shouldBeginAgainWhatRanOnAWorkerThatWasStartedAgain() {
    elected();
    joined("w-1", 8);
    String id = running(2);

    happened(state.onRegisterWorker(worker("w-1", 8, 2), now));

    assertThat(view(id).status().epoch()).isEqualTo(2);
    assertThat(stateOf(id)).isEqualTo(SUBMITTED);
    assertThat(toWorker(StopAppMaster.class)).contains(new StopAppMaster(id, 1));
    assertThat(toWorker(LaunchAppMaster.class)).last().extracting("epoch").isEqualTo(2L);
  }

  @Test
  void shouldLoseAWorkerWhoseSessionStaysAway() {
    elected();
    joined("w-1", 8);
    String id = running(2);

    happened(state.onWorkersAlive(Set.of(), now));
    passes(Duration.ofSeconds(1));
    assertThat(stateOf(id)).isEqualTo(RUNNING);
    passes(Duration.ofSeconds(2));

    assertThat(stateOf(id)).isEqualTo(SUBMITTED);
    assertThat(cluster().workers()).isZero();
  }

  @Test
  void shouldKeepAWorkerWhoseSessionIsSoonBack() {
    elected();
    joined("w-1", 8);
    String id = running(2);

    happened(state.onWorkersAlive(Set.of(), now));
    passes(Duration.ofSeconds(1));
    happened(state.onWorkersAlive(Set.of("w-1"), now));
    passes(Duration.ofSeconds(5));

    assertThat(stateOf(id)).isEqualTo(RUNNING);
  }

  @Test
  void shouldTakeBackAWorkerWhoseSessionComesBackLate() {
    elected();
    joined("w-1", 8);
    String id = running(2);

    happened(state.onWorkersAlive(Set.of(), now));
    passes(Duration.ofSeconds(3));
    effects.clear();
    happened(state.onWorkersAlive(Set.of("w-1"), now));

    assertThat(toWorker(StopAppMaster.class)).contains(new StopAppMaster(id, 1));
    assertThat(toWorker(LaunchAppMaster.class)).extracting("epoch").containsExactly(2L);
  }

  @Test
  void shouldLaunchOnTheLeastLoadedWorker() {
    elected();
    joined("w-1", 8);
    happened(state.onRegisterWorker(worker("w-2", 8), now));
    submit();
    submit();

    assertThat(all(TellWorker.class))
        .filteredOn(tell -> tell.message() instanceof LaunchAppMaster)
        .extracting(TellWorker::address)
        .containsExactly(worker("w-1", 8).address(), worker("w-2", 8).address());
  }

  // ---- submission

  @Test
  void shouldRecordBeforeItLaunches() {
    elected();
    joined("w-1", 8);
    effects.clear();
    String id = submit();

    assertThat(id).matches("word-count-[0-9a-f]{4}");
    List<Effect> order =
        effects.stream()
            .filter(e -> e instanceof SaveApplication || e instanceof TellWorker)
            .toList();
    assertThat(order.get(0)).isInstanceOf(SaveApplication.class);
    assertThat(((TellWorker) order.get(1)).message())
        .isEqualTo(new LaunchAppMaster(view(id).spec(), 1, "akka://master"));
    assertThat(view(id).spec().settings()).containsEntry("k", "v");
    assertThat(view(id).spec().className()).isEqualTo("example.word-count");
  }

  @Test
  void shouldHoldTheAnswerUntilThePlanIsKnown() {
    elected();
    joined("w-1", 8);
    String id = submit();
    long submitter = token;
    launched(id, 1);
    reported(id, 1, PLANNING);
    assertThat(answer(submitter)).isNull();

    reported(id, 1, WAITING);

    assertThat(((ApplicationReply) answer(submitter)).application().status().state())
        .isEqualTo(WAITING);
  }

  @Test
  void shouldRefuseWhatCanNotBePlannedAndKeepItListed() {
    elected();
    joined("w-1", 8);
    String id = submit();
    long submitter = token;
    reported(id, 1, PLANNING);
    reported(id, 1, FAILED);

    assertThat(refused(submitter)).isEqualTo(new Refused("definition-failed", "it threw", "look"));
    assertThat(stateOf(id)).isEqualTo(FAILED);
  }

  @Test
  void shouldAnswerWithTheStateAsItIsWhenPlanningTakesLong() {
    elected();
    joined("w-1", 8);
    String id = submit();
    long submitter = token;
    launched(id, 1);
    reported(id, 1, PLANNING);
    passes(Duration.ofSeconds(26));

    assertThat(((ApplicationReply) answer(submitter)).application().status().state())
        .isEqualTo(PLANNING);
  }

  @Test
  void shouldLaunchWhenTheFirstWorkerComes() {
    elected();
    String id = submit();
    assertThat(stateOf(id)).isEqualTo(SUBMITTED);

    joined("w-1", 8);

    assertThat(toWorker(LaunchAppMaster.class)).hasSize(1);
  }

  @Test
  void shouldRefuseABundleWithoutApplication() {
    elected();
    happened(state.onSubmit(1, submission(), bundle(), now));

    assertThat(refused(1).code()).isEqualTo("bundle-no-application");
    assertThat(refused(1).hint()).contains("@StreamApp");
  }

  @Test
  void shouldRefuseABundleWithTwoApplications() {
    elected();
    happened(state.onSubmit(1, submission(), bundle("a", "b"), now));

    assertThat(refused(1).code()).isEqualTo("bundle-many-applications");
    assertThat(refused(1).message()).contains("a, b");
  }

  @Test
  void shouldRefuseAnUnknownScheduler() {
    elected();
    happened(
        state.onSubmit(
            1, new SubmitApplication("b", null, Map.of(), "random", "ada"), BUNDLE, now));

    assertThat(refused(1).code()).isEqualTo("unknown-scheduler");
    assertThat(refused(1).message()).contains("random");
    assertThat(refused(1).hint()).contains("pack, spread");
  }

  @Test
  void shouldRefuseABadNameAndBadSettings() {
    elected();
    Map<String, String> noValue = new HashMap<>();
    noValue.put("k", null);
    happened(
        state.onSubmit(1, new SubmitApplication("b", "a/b", Map.of(), null, "ada"), BUNDLE, now));
    happened(
        state.onSubmit(
            2,
            new SubmitApplication("b", null, Map.of("k", "v".repeat(40_000)), null, "ada"),
            BUNDLE,
            now));
    happened(
        state.onSubmit(3, new SubmitApplication("b", null, noValue, null, "ada"), BUNDLE, now));

    assertThat(refused(1).message()).contains("a/b");
    assertThat(refused(2).message()).contains("40001");
    assertThat(refused(3).code()).isEqualTo("bad-request");
    assertThat(all(SaveApplication.class)).isEmpty();
  }

  @Test
  void shouldNameTheApplicationAsAsked() {
    elected();
    happened(
        state.onSubmit(1, new SubmitApplication("b", "mine", null, "pack", "ada"), BUNDLE, now));

    assertThat(last(SaveApplication.class).spec().id()).startsWith("mine-");
  }

  // ---- slots

  @Test
  void shouldGiveSlots() {
    elected();
    joined("w-1", 8);
    String id = running(3);

    SlotsDecided decided = toAppMaster(SlotsDecided.class).get(0);
    assertThat(decided.placement())
        .hasSize(3)
        .allMatch(p -> p.decision() == Placement.Kind.ASSIGN && p.workerId().equals("w-1"))
        .allMatch(p -> p.workerAddress().equals(worker("w-1", 8).address()));
    assertThat(cluster().freeSlots()).isEqualTo(5);
    assertThat(state.snapshot().workers())
        .containsExactly(new WorkerSnapshot("w-1", 8, 5, Map.of(), Map.of(id, 3)));
    assertThat(view(id).placement()).isEqualTo(decided.placement());
  }

  @Test
  void shouldLetAnApplicationWaitForAllOfItsSlots() {
    elected();
    joined("w-1", 2);
    String id = submit();
    launched(id, 1);
    requested(id, 3);
    scheduled();

    assertThat(view(id).placement())
        .hasSize(3)
        .allMatch(p -> p.decision() == Placement.Kind.WAIT)
        .first()
        .satisfies(p -> assertThat(p.reason()).contains("1 of 3 slices have no slot yet"));
    assertThat(cluster().freeSlots()).isEqualTo(2);
  }

  @Test
  void shouldDecideAgainWhenAWorkerComes() {
    elected();
    joined("w-1", 2);
    String id = submit();
    launched(id, 1);
    requested(id, 3);
    scheduled();

    happened(state.onRegisterWorker(worker("w-2", 2), now));
    scheduled();

    assertThat(toAppMaster(SlotsDecided.class)).hasSize(2);
    assertThat(view(id).placement())
        .extracting(Placement::workerId)
        .containsExactly("w-1", "w-1", "w-2");
  }

  @Test
  void shouldDecideAgainWhenSlotsGetFree() {
    elected();
    joined("w-1", 4);
    String first = running(3);
    String second = submit();
    launched(second, 1);
    requested(second, 2);
    scheduled();
    assertThat(view(second).placement()).allMatch(p -> p.decision() == Placement.Kind.WAIT);

    reported(first, 1, COMPLETED);
    scheduled();

    assertThat(view(second).placement()).allMatch(p -> p.decision() == Placement.Kind.ASSIGN);
    assertThat(cluster().freeSlots()).isEqualTo(2);
  }

  @Test
  void shouldDecideAgainWhenASchedulerIsReplaced() {
    elected();
    joined("w-1", 1);
    String id = submit();
    launched(id, 1);
    requested(id, 3);
    scheduled();

    happened(state.onSchedulersChanged());

    assertThat(take(Schedule.class)).hasSize(1);
  }

  @Test
  void shouldNotRepeatADecisionThatDidNotChange() {
    elected();
    joined("w-1", 1);
    String id = submit();
    launched(id, 1);
    requested(id, 3);
    scheduled();
    happened(state.onSchedulersChanged());
    scheduled();

    assertThat(toAppMaster(SlotsDecided.class)).hasSize(1);
  }

  @Test
  void shouldTellARejection() {
    elected();
    joined("w-1", 8);
    String id = submit();
    launched(id, 1);
    requested(id, 2);
    Schedule asked = take(Schedule.class).get(0);
    happened(state.onScheduled(id, 1, Samples.reject(asked.requests()), now));

    assertThat(toAppMaster(SlotsDecided.class).get(0).placement())
        .allMatch(p -> p.decision() == Placement.Kind.REJECT);
    assertThat(cluster().freeSlots()).isEqualTo(8);
  }

  @Test
  void shouldRejectAnAbsurdNumberOfSlots() {
    elected();
    joined("w-1", 8);
    String id = submit();
    launched(id, 1);
    requested(id, 0);

    assertThat(toAppMaster(SlotsDecided.class).get(0).placement().get(0).decision())
        .isEqualTo(Placement.Kind.REJECT);
  }

  @Test
  void shouldAskAgainWhenTheClusterChangedMeanwhile() {
    elected();
    joined("w-1", 2);
    String id = submit();
    launched(id, 1);
    requested(id, 2);
    Schedule asked = take(Schedule.class).get(0);
    happened(state.onRegisterWorker(worker("w-1", 1), now));
    happened(state.onScheduled(id, 1, Samples.decide(asked.cluster(), asked.requests()), now));

    Schedule again = take(Schedule.class).get(0);
    assertThat(again.cluster().workers().get(0).slots()).isEqualTo(1);
    assertThat(toAppMaster(SlotsDecided.class)).isEmpty();
  }

  @Test
  void shouldKeepTheSchedulerAnApplicationAskedFor() {
    elected();
    joined("w-1", 2);
    happened(
        state.onSubmit(1, new SubmitApplication("b", null, Map.of(), "pack", "ada"), BUNDLE, now));
    String id = last(SaveApplication.class).spec().id();
    requested(id, 1);

    assertThat(last(Schedule.class).scheduler()).isEqualTo("pack");
    assertThat(last(Schedule.class).defaultScheduler()).isEqualTo("spread");
  }

  // ---- reports

  @Test
  void shouldWriteDownEachChangeOfStateOnce() {
    elected();
    joined("w-1", 8);
    String id = running(1);
    reported(id, 1, RUNNING);
    reported(id, 1, RUNNING);
    reported(id, 1, COMPLETED);

    assertThat(all(SaveApplication.class))
        .extracting(save -> save.status().state())
        .containsExactly(SUBMITTED, PLANNING, WAITING, DEPLOYING, RUNNING, COMPLETED);
  }

  @Test
  void shouldWriteTheEndBeforeAnythingElse() {
    elected();
    joined("w-1", 8);
    String id = running(1);
    effects.clear();
    reported(id, 1, COMPLETED);

    assertThat(effects.get(0)).isInstanceOf(SaveApplication.class);
    assertThat(view(id).status().endedAt()).isEqualTo(now);
  }

  @Test
  void shouldDropReportsOfAnOlderEpoch() {
    elected();
    joined("w-1", 8);
    String id = running(1);
    happened(state.onAppMasterTerminated(new AppMasterTerminated("w-1", id, 1, "it crashed"), now));

    reported(id, 1, COMPLETED);

    assertThat(stateOf(id)).isEqualTo(SUBMITTED);
  }

  @Test
  void shouldHoldAnEndFinal() {
    elected();
    joined("w-1", 8);
    String id = running(1);
    reported(id, 1, COMPLETED);
    reported(id, 1, RUNNING);
    reported(id, 1, FAILED);
    happened(state.onAppMasterTerminated(new AppMasterTerminated("w-1", id, 1, "ended"), now));
    happened(state.onWorkerLost("w-1", "x", now));

    assertThat(stateOf(id)).isEqualTo(COMPLETED);
  }

  @Test
  void shouldNeverGoBack() {
    elected();
    joined("w-1", 8);
    String id = running(1);
    reported(id, 1, PLANNING);

    assertThat(stateOf(id)).isEqualTo(RUNNING);
  }

  // ---- app masters that die

  @Test
  void shouldLaunchAnAppMasterAgain() {
    elected();
    joined("w-1", 8);
    String id = running(4);
    happened(state.onAppMasterTerminated(new AppMasterTerminated("w-1", id, 1, "crash"), now));

    assertThat(toWorker(LaunchAppMaster.class)).extracting("epoch").containsExactly(1L, 2L);
    assertThat(cluster().freeSlots()).isEqualTo(8);
    assertThat(last(SaveApplication.class).status().epoch()).isEqualTo(2);
  }

  @Test
  void shouldGiveUpAfterTheFourthDeathInAMinute() {
    elected();
    joined("w-1", 8);
    String id = submit();
    long submitter = token;
    for (long epoch = 1; epoch <= 4; epoch++) {
      passes(Duration.ofSeconds(5));
      happened(state.onAppMasterTerminated(new AppMasterTerminated("w-1", id, epoch, "oom"), now));
    }

    assertThat(stateOf(id)).isEqualTo(FAILED);
    assertThat(view(id).status().failure().message()).contains("4 times").contains("oom");
    assertThat(refused(submitter).code()).isEqualTo("app-master-lost");
  }

  @Test
  void shouldForgetDeathsOfLongAgo() {
    elected();
    joined("w-1", 8);
    String id = submit();
    for (long epoch = 1; epoch <= 6; epoch++) {
      passes(Duration.ofSeconds(30));
      happened(state.onAppMasterTerminated(new AppMasterTerminated("w-1", id, epoch, "oom"), now));
    }

    assertThat(stateOf(id)).isEqualTo(SUBMITTED);
  }

  @Test
  void shouldNotWaitForeverForAnAppMaster() {
    elected();
    joined("w-1", 8);
    String id = submit();
    passes(Duration.ofSeconds(21));

    assertThat(view(id).status().epoch()).isEqualTo(2);
    assertThat(toWorker(StopAppMaster.class)).containsExactly(new StopAppMaster(id, 1));
  }

  @Test
  void shouldStopAnAppMasterThatComesTooLate() {
    elected();
    joined("w-1", 8);
    String id = submit();
    happened(state.onAppMasterTerminated(new AppMasterTerminated("w-1", id, 1, "oom"), now));
    launched(id, 1);

    assertThat(toWorker(StopAppMaster.class)).last().isEqualTo(new StopAppMaster(id, 1));
  }

  // ---- cancel

  @Test
  void shouldCancelWhatRuns() {
    elected();
    joined("w-1", 8);
    String id = running(2);
    happened(state.onCancel(++token, new CancelApplication(id, "ada"), now));

    assertThat(((ApplicationReply) answer(token)).application().status().state())
        .isEqualTo(CANCELLING);
    assertThat(toAppMaster(StopApplication.class)).containsExactly(new StopApplication(id, "ada"));
    reported(id, 1, RUNNING);
    assertThat(stateOf(id)).isEqualTo(CANCELLING);
    reported(id, 1, CANCELLED);
    assertThat(stateOf(id)).isEqualTo(CANCELLED);
    assertThat(cluster().freeSlots()).isEqualTo(8);
  }

  @Test
  void shouldCancelOnceForManyRequests() {
    elected();
    joined("w-1", 8);
    String id = running(2);
    happened(state.onCancel(++token, new CancelApplication(id, "ada"), now));
    happened(state.onCancel(++token, new CancelApplication(id, "ada"), now));
    reported(id, 1, CANCELLED);
    happened(state.onCancel(++token, new CancelApplication(id, "ada"), now));

    assertThat(toAppMaster(StopApplication.class)).hasSize(1);
    assertThat(((ApplicationReply) answer(token)).application().status().state())
        .isEqualTo(CANCELLED);
  }

  @Test
  void shouldCancelAtOnceWhatWasNeverLaunched() {
    elected();
    String id = submit();
    long submitter = token;
    happened(state.onCancel(++token, new CancelApplication(id, "ada"), now));

    assertThat(stateOf(id)).isEqualTo(CANCELLED);
    assertThat(answer(submitter)).isInstanceOf(ApplicationReply.class);
    joined("w-1", 8);
    assertThat(toWorker(LaunchAppMaster.class)).isEmpty();
  }

  @Test
  void shouldPassACancelOnWhenTheAppMasterShowsUp() {
    elected();
    joined("w-1", 8);
    String id = submit();
    happened(state.onCancel(++token, new CancelApplication(id, "ada"), now));
    assertThat(toAppMaster(StopApplication.class)).isEmpty();
    launched(id, 1);

    assertThat(toAppMaster(StopApplication.class)).hasSize(1);
  }

  @Test
  void shouldEndACancelWhoseAppMasterDies() {
    elected();
    joined("w-1", 8);
    String id = running(1);
    happened(state.onCancel(++token, new CancelApplication(id, "ada"), now));
    happened(state.onAppMasterTerminated(new AppMasterTerminated("w-1", id, 1, "x"), now));

    assertThat(stateOf(id)).isEqualTo(CANCELLED);
  }

  @Test
  void shouldStopTheAppMasterOfWhatDoesNotStop() {
    elected();
    joined("w-1", 8);
    String id = running(1);
    happened(state.onCancel(++token, new CancelApplication(id, "ada"), now));
    passes(Duration.ofSeconds(31));

    assertThat(stateOf(id)).isEqualTo(CANCELLED);
    assertThat(toWorker(StopAppMaster.class)).containsExactly(new StopAppMaster(id, 1));
  }

  @Test
  void shouldRefuseToCancelWhatHasEndedOrIsUnknown() {
    elected();
    joined("w-1", 8);
    String id = running(1);
    reported(id, 1, COMPLETED);
    happened(state.onCancel(++token, new CancelApplication(id, "ada"), now));
    assertThat(refused(token).code()).isEqualTo("already-ended");

    happened(state.onCancel(++token, new CancelApplication("nothing", "ada"), now));
    assertThat(refused(token).code()).isEqualTo("unknown-application");
    happened(state.onGet(++token, new GetApplication("nothing")));
    assertThat(refused(token).code()).isEqualTo("unknown-application");
  }

  // ---- a new leader

  @Test
  void shouldBeginAgainWhatHadNotEnded() {
    elected(
        stored("wc-1", 3, RUNNING), stored("wc-2", 1, COMPLETED), stored("wc-3", 2, CANCELLING));
    assertThat(toWorker(LaunchAppMaster.class)).isEmpty();
    joined("w-1", 8);

    assertThat(toWorker(LaunchAppMaster.class)).extracting("epoch").containsExactly(4L);
    assertThat(toWorker(StopAppMaster.class))
        .contains(new StopAppMaster("wc-1", 3), new StopAppMaster("wc-3", 2));
    assertThat(stateOf("wc-1")).isEqualTo(SUBMITTED);
    assertThat(stateOf("wc-2")).isEqualTo(COMPLETED);
    assertThat(stateOf("wc-3")).isEqualTo(CANCELLED);
  }

  @Test
  void shouldWaitForTheWorkersItKnowsOf() {
    elected(stored("wc-1", 1, RUNNING));
    happened(state.onWorkersAlive(Set.of("w-1", "w-2"), now));
    happened(state.onRegisterWorker(worker("w-1", 8), now));
    assertThat(toWorker(LaunchAppMaster.class)).isEmpty();

    happened(state.onRegisterWorker(worker("w-2", 8), now));
    assertThat(toWorker(LaunchAppMaster.class)).hasSize(1);
  }

  @Test
  void shouldNotWaitForeverForTheWorkersItKnowsOf() {
    elected(stored("wc-1", 1, RUNNING));
    happened(state.onWorkersAlive(Set.of("w-1", "w-2"), now));
    happened(state.onRegisterWorker(worker("w-1", 8), now));
    passes(Duration.ofSeconds(4));

    assertThat(toWorker(LaunchAppMaster.class)).hasSize(1);
  }

  @Test
  void shouldKeepABoundedHistory() {
    MasterState small = newState(MasterLimits.defaults().withHistory(2));
    happened(
        small.onElected(
            List.of(
                stored("wc-1", 1, COMPLETED),
                stored("wc-2", 1, COMPLETED),
                stored("wc-3", 1, FAILED)),
            "spread",
            now));

    assertThat(all(ForgetApplication.class)).hasSize(1);
    happened(small.onList(9));
    assertThat(((ApplicationsReply) answer(9)).applications()).hasSize(2);
  }

  // ---- schedulers, nodes

  @Test
  void shouldChangeTheDefaultScheduler() {
    elected();
    happened(state.onSetScheduler(1, new SetScheduler("pack", "ada")));

    assertThat(answer(1)).isEqualTo(new Done());
    assertThat(all(SaveScheduler.class)).containsExactly(new SaveScheduler("pack"));
    assertThat(cluster().scheduler()).isEqualTo("pack");
    happened(state.onListSchedulers(2));
    assertThat(((SchedulersReply) answer(2)).defaultScheduler()).isEqualTo("pack");
    happened(state.onSetScheduler(3, new SetScheduler("best", "ada")));
    assertThat(refused(3).code()).isEqualTo("unknown-scheduler");
  }

  @Test
  void shouldShowADefaultSchedulerThatIsMissing() {
    happened(state.onElected(List.of(), "best", now));
    happened(state.onListSchedulers(1));

    assertThat(((SchedulersReply) answer(1)).schedulers())
        .extracting(SchedulerView::name, SchedulerView::state)
        .containsExactly(
            tuple("best", "FAILED"), tuple("pack", "ACTIVE"), tuple("spread", "ACTIVE"));
  }

  @Test
  void shouldListNodesWithTheirWorkers() {
    elected();
    NodeInfo node =
        new NodeInfo("node-w-1", "akka://geartrain", List.of("master"), "17", 42, START);
    NodeInfo other = new NodeInfo("node-x", "akka://geartrain", List.of("master"), "17", 43, START);
    happened(state.onNodes(List.of(node, other)));
    joined("w-1", 8);
    happened(state.onListNodes(1));

    List<NodeView> nodes = ((NodesReply) answer(1)).nodes();
    assertThat(nodes).extracting(NodeView::leader).containsExactly(true, false);
    assertThat(nodes.get(0).worker().freeSlots()).isEqualTo(8);
    assertThat(nodes.get(1).worker()).isNull();
    assertThat(cluster().nodes()).isEqualTo(2);
  }

  @Test
  void shouldStopANodeThroughItsWorker() {
    elected();
    happened(
        state.onNodes(List.of(new NodeInfo("node-x", "a", List.of("master"), "17", 43, START))));
    joined("w-1", 8);
    happened(state.onStopNode(1, new StopNode("node-w-1", "ada")));
    happened(state.onStopNode(2, new StopNode("node-x", "ada")));
    happened(state.onStopNode(3, new StopNode("node-y", "ada")));

    assertThat(toWorker(ShutDownNode.class)).containsExactly(new ShutDownNode("asked for by ada"));
    assertThat(answer(1)).isEqualTo(new Done());
    assertThat(refused(2).code()).isEqualTo("bad-request");
    assertThat(refused(3).code()).isEqualTo("not-found");
    assertThat(refused(3).hint()).contains("node-x");
  }

  @Test
  void shouldListTheNewestFirst() {
    elected();
    String first = submit();
    now = now.plusSeconds(1);
    String second = submit();
    happened(state.onList(9));

    assertThat(((ApplicationsReply) answer(9)).applications())
        .extracting(view -> view.spec().id())
        .containsExactly(second, first);
    assertThat(state.usedBundles())
        .containsOnlyKeys(BUNDLE.digest())
        .containsValue(List.of(first, second));
  }
}
