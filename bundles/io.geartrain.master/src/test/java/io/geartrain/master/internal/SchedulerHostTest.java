package io.geartrain.master.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.master.internal.SchedulerHost.Signed;
import io.geartrain.protocol.SchedulerView;
import io.geartrain.spi.ClusterSnapshot;
import io.geartrain.spi.Decision;
import io.geartrain.spi.ResourceRequest;
import io.geartrain.spi.ResourceScheduler;
import io.geartrain.spi.WorkerSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SchedulerHostTest {
  private static final ResourceRequest FIRST = new ResourceRequest("wc-1", 0);
  private static final ResourceRequest SECOND = new ResourceRequest("wc-1", 1);
  private static final List<ResourceRequest> REQUESTS = List.of(FIRST, SECOND);
  private static final ClusterSnapshot CLUSTER =
      new ClusterSnapshot(
          List.of(
              new WorkerSnapshot("w-a", 1, 1, Map.of(), Map.of()),
              new WorkerSnapshot("w-b", 4, 4, Map.of(), Map.of())));

  private final SchedulerHost host = new SchedulerHost(Duration.ofMillis(500));
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void close() {
    release.countDown();
    host.close();
  }

  private static List<Decision> all(List<ResourceRequest> requests, String worker) {
    return requests.stream()
        .map(request -> (Decision) new Decision.Assign(request, worker, "liked it"))
        .toList();
  }

  private void add(String name, ResourceScheduler scheduler, long order) {
    host.add(name, scheduler, "bundle." + name, "1." + order, order);
  }

  private List<Signed> schedule(String asked) throws Exception {
    return decided(host, asked);
  }

  private static List<Signed> decided(SchedulerHost host, String asked) throws Exception {
    return host.schedule(asked, "spread", CLUSTER, REQUESTS)
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  private static final class Mute extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new Error("not now");
    }
  }

  @Test
  void shouldAskTheSchedulerOfThatName() throws Exception {
    add("spread", (cluster, requests) -> all(requests, "w-a"), 1);
    add("pack", (cluster, requests) -> all(requests, "w-b"), 2);

    List<Signed> decided = schedule("pack");

    assertThat(decided).hasSize(2).allMatch(signed -> signed.scheduler().equals("pack"));
    assertThat(decided.get(0).reason()).isEqualTo("liked it");
  }

  @Test
  void shouldPutDecisionsInTheOrderOfTheRequests() throws Exception {
    add(
        "spread",
        (cluster, requests) ->
            List.of(new Decision.Wait(SECOND, "later"), new Decision.Reject(FIRST, "never")),
        1);

    assertThat(schedule("spread"))
        .extracting(signed -> signed.decision().request())
        .containsExactly(FIRST, SECOND);
  }

  @Test
  void shouldPreferTheNewestOfAName() throws Exception {
    ResourceScheduler older = (cluster, requests) -> all(requests, "w-b");
    ResourceScheduler newer =
        (cluster, requests) ->
            requests.stream().map(r -> (Decision) new Decision.Wait(r, "newer")).toList();
    add("spread", newer, 9);
    add("spread", older, 3);

    assertThat(schedule("spread").get(0).reason()).isEqualTo("newer");
    assertThat(host.views())
        .containsExactly(new SchedulerView("spread", "bundle.spread", "1.9", "ACTIVE", null));

    host.remove(newer);

    assertThat(schedule("spread").get(0).reason()).isEqualTo("liked it");
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        scheduler(
            "threw java.lang.IllegalStateException: no",
            (c, r) -> {
              throw new IllegalStateException("no");
            }),
        scheduler(
            "threw java.lang.NoClassDefFoundError: x",
            (c, r) -> {
              throw new NoClassDefFoundError("x");
            }),
        scheduler(
            "threw java.lang.StackOverflowError",
            (c, r) -> {
              throw new StackOverflowError();
            }),
        scheduler(
            "threw " + Mute.class.getName() + ": getMessage() threw java.lang.Error",
            (c, r) -> {
              throw new Mute();
            }),
        scheduler("answered null", (c, r) -> null),
        scheduler("decided nothing on slice 0", (c, r) -> List.of()),
        scheduler("decided nothing on slice 1", (c, r) -> all(List.of(FIRST), "w-b")),
        scheduler("decided twice on slice 0", (c, r) -> all(List.of(FIRST, FIRST), "w-b")),
        scheduler("w-x, which there is not", (c, r) -> all(r, "w-x")),
        scheduler("null, which there is not", (c, r) -> all(r, null)),
        scheduler("w-a, which has no slot free", (c, r) -> all(r, "w-a")),
        scheduler(
            "decided on what nobody asked",
            (c, r) -> all(List.of(FIRST, SECOND, new ResourceRequest("other", 7)), "w-b")),
        scheduler(
            "without a request or a reason",
            (c, r) -> List.of(new Decision.Wait(FIRST, null), new Decision.Wait(SECOND, "x"))),
        scheduler(
            "without a request or a reason",
            (c, r) -> {
              List<Decision> decisions = new ArrayList<>();
              decisions.add(null);
              return decisions;
            }));
  }

  private static Arguments scheduler(String problem, ResourceScheduler scheduler) {
    return Arguments.of(problem, scheduler);
  }

  @ParameterizedTest
  @MethodSource("broken")
  void shouldLetTheDefaultStandInForABrokenOne(String problem, ResourceScheduler scheduler)
      throws Exception {
    add("spread", (cluster, requests) -> all(requests, "w-b"), 1);
    add("broken", scheduler, 2);

    List<Signed> decided = schedule("broken");

    assertThat(decided).hasSize(2).allMatch(signed -> signed.scheduler().equals("spread"));
    assertThat(decided.get(0).reason())
        .startsWith("broken ")
        .contains(problem)
        .endsWith("spread stands in: liked it");
    SchedulerView view = host.views().get(0);
    assertThat(view.state()).isEqualTo("FAILED");
    assertThat(view.lastError()).contains(problem);
  }

  @Test
  void shouldLetTheDefaultStandInForOneThatHangs() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    add("spread", (cluster, requests) -> all(requests, "w-b"), 1);
    add(
        "slow",
        (cluster, requests) -> {
          calls.incrementAndGet();
          boolean released = false;
          while (!released) {
            try {
              released = release.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException ignored) {
              // it hangs and does not heed interrupts
            }
          }
          return List.of();
        },
        2);

    assertThat(schedule("slow").get(0).reason())
        .isEqualTo("slow did not answer within 500 ms; spread stands in: liked it");
    assertThat(schedule("slow").get(0).reason())
        .isEqualTo("slow still hangs in an earlier call; spread stands in: liked it");
    assertThat(calls).hasValue(1);
  }

  @Test
  void shouldStandInForASchedulerThatIsGone() throws Exception {
    add("spread", (cluster, requests) -> all(requests, "w-b"), 1);

    assertThat(schedule("gone").get(0).reason())
        .isEqualTo("gone is not there; spread stands in: liked it");
  }

  @Test
  void shouldNotStandStillWhenTheDefaultIsBrokenToo() throws Exception {
    add("spread", (cluster, requests) -> null, 1);

    List<Signed> decided = schedule("spread");

    assertThat(decided)
        .extracting(Signed::decision)
        .containsExactly(
            new Decision.Assign(FIRST, "w-a", "first worker with a free slot"),
            new Decision.Assign(SECOND, "w-b", "first worker with a free slot"));
    assertThat(decided.get(0).scheduler()).isEqualTo("built-in");
    assertThat(decided.get(0).reason()).startsWith("spread answered null; built-in stands in:");
  }

  @Test
  void shouldStandInItselfWhereASchedulerGetsNoThread() throws Exception {
    AtomicInteger threads = new AtomicInteger();
    try (SchedulerHost poor =
        new SchedulerHost(
            Duration.ofSeconds(20),
            task -> {
              if (threads.getAndIncrement() == 0) {
                throw new OutOfMemoryError("no thread");
              }
              return new Thread(task);
            })) {
      poor.add("spread", (cluster, requests) -> all(requests, "w-b"), "b", "1", 1);

      List<Signed> first = decided(poor, "spread");
      List<Signed> second = decided(poor, "spread");

      assertThat(first).hasSize(2).allMatch(signed -> signed.scheduler().equals("built-in"));
      assertThat(first.get(0).reason())
          .startsWith(
              "spread can't be asked: java.lang.OutOfMemoryError: no thread;"
                  + " built-in stands in: ");
      assertThat(second.get(0).reason()).isEqualTo("liked it");
    }
  }

  @Test
  void shouldStandInItselfWhereNobodyCanBeAsked() throws Exception {
    add("spread", (cluster, requests) -> all(requests, "w-b"), 1);
    host.close();

    List<Signed> decided = schedule("spread");

    assertThat(decided).hasSize(2).allMatch(signed -> signed.scheduler().equals("built-in"));
    assertThat(decided.get(0).reason())
        .startsWith("the schedulers can't be asked: java.util.concurrent.RejectedExecution")
        .endsWith("built-in stands in: first worker with a free slot");
  }

  @Test
  void shouldForgetTheErrorAfterAGoodAnswer() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    add(
        "spread",
        (cluster, requests) -> calls.getAndIncrement() == 0 ? null : all(requests, "w-b"),
        1);

    schedule("spread");
    assertThat(host.views().get(0).state()).isEqualTo("FAILED");
    schedule("spread");
    assertThat(host.views().get(0).state()).isEqualTo("ACTIVE");
  }

  @Test
  void shouldTellListenersOfSchedulersThatComeAndGo() {
    AtomicInteger told = new AtomicInteger();
    ResourceScheduler scheduler = (cluster, requests) -> List.of();
    host.addListener(told::incrementAndGet);

    add("spread", scheduler, 1);
    host.remove(scheduler);

    assertThat(told).hasValue(2);
  }

  @Test
  void shouldWaitWhereNoSlotIsFree() {
    assertThat(new FirstFit().schedule(new ClusterSnapshot(List.of()), REQUESTS))
        .allMatch(decision -> decision instanceof Decision.Wait);
  }
}
