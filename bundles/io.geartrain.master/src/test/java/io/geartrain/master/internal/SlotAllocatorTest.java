package io.geartrain.master.internal;

import static io.geartrain.master.internal.Samples.BUNDLE;
import static io.geartrain.master.internal.Samples.worker;
import static io.geartrain.protocol.ApplicationState.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.master.internal.Effect.SaveApplication;
import io.geartrain.master.internal.Effect.Schedule;
import io.geartrain.protocol.ClientToMaster.SubmitApplication;
import io.geartrain.protocol.MasterToAppMaster.SlotsDecided;
import io.geartrain.protocol.Placement;
import io.geartrain.spi.WorkerSnapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who gets which slots, as the master's state has the schedulers decide it. */
class SlotAllocatorTest extends MasterScenario {
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
  void shouldGoOnWhereNobodyCouldDecide() {
    elected();
    joined("w-1", 8);
    String first = submit();
    launched(first, 1);
    requested(first, 2);
    String second = submit();
    launched(second, 1);
    requested(second, 2);
    assertThat(take(Schedule.class)).extracting(Schedule::applicationId).containsExactly(first);

    happened(state.onScheduled(first, 1, List.of(), now));

    assertThat(all(Schedule.class)).extracting(Schedule::applicationId).containsExactly(second);
    assertThat(toAppMaster(SlotsDecided.class)).isEmpty();
    scheduled();
    happened(state.onSchedulersChanged());
    scheduled();
    assertThat(view(first).placement())
        .hasSize(2)
        .allMatch(p -> p.decision() == Placement.Kind.ASSIGN);
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
}
