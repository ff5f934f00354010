package io.geartrain.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.time.GlobalClock.Place;
import io.geartrain.time.GlobalClock.Waiting;
import io.geartrain.time.StallDetector.Stall;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two sources, both of which send to each of two middle tasks, which send to one sink. */
class GlobalClockTest {
  private static final long NONE = Long.MIN_VALUE;
  private static final long END = Long.MAX_VALUE;
  private static final long AFTER = 5_000;

  private final GlobalClock clock = new GlobalClock(senders());
  private final StallDetector stalls = new StallDetector(clock, AFTER);

  private static Map<String, Set<String>> senders() {
    Set<String> sources = Set.of("in/0", "in/1");
    Map<String, Set<String>> senders = new LinkedHashMap<>();
    sources.stream().sorted().forEach(source -> senders.put(source, Set.of()));
    senders.put("mid/0", sources);
    senders.put("mid/1", sources);
    senders.put("out/0", Set.of("mid/0", "mid/1"));
    return senders;
  }

  @Test
  void shouldBeTheLeastOfAllTasks() {
    assertThat(clock.watermark()).isEqualTo(NONE);
    all(100);
    is("mid/1", 70);

    assertThat(clock.watermark()).isEqualTo(70);
    assertThat(clock.newest()).isEqualTo(101);
    assertThat(clock.lagMs(70)).isEqualTo(31);
    assertThat(clock.lagMs(200)).isZero();
    assertThat(clock.lagMs(END)).isEqualTo(-1);
    assertThat(clock.lagMs(NONE)).isEqualTo(-1);
  }

  @Test
  void shouldLeaveOutTasksThatHaveEnded() {
    all(100);
    reads("in/0", END, 100, Waiting.NO);
    assertThat(clock.watermark()).isEqualTo(100);

    clock.tasks().forEach(task -> is(task, END));

    assertThat(clock.watermark()).isEqualTo(END);
  }

  @Test
  void shouldLeaveOutIdleTasksUnlessAllAreIdle() {
    all(100);
    reads("in/0", 30, 31, Waiting.IDLE);
    assertThat(clock.watermark()).isEqualTo(100);

    clock.tasks().forEach(task -> tell(task, task.equals("in/0") ? 30 : 100, Waiting.IDLE));

    assertThat(clock.watermark()).isEqualTo(30);
  }

  @Test
  void shouldNameATaskThatStandsStillThoughOneBeforeItIsIdle() {
    all(100);
    reads("in/0", 30, 31, Waiting.IDLE);
    reads("in/1", 200, 201, Waiting.NO);
    is("mid/0", 200);
    stalls.look(0);

    assertThat(stalls.look(5_000)).contains(new Stall("mid/1", 0));
  }

  @Test
  void shouldNotHearAStrangersTime() {
    all(100);
    is("stranger/0", 5);

    assertThat(clock.watermark()).isEqualTo(100);
  }

  @Test
  void shouldNameTheTaskThatStandsStillWhileThoseBeforeItGoOn() {
    all(100);
    stalls.look(0);
    sources(200);
    is("mid/0", 200);
    assertThat(stalls.look(1_000)).isEmpty();
    sources(300);
    is("mid/0", 300);
    assertThat(stalls.look(5_999)).isEmpty();

    assertThat(stalls.look(6_000)).contains(new Stall("mid/1", 1_000));
    assertThat(stalls.look(60_000)).contains(new Stall("mid/1", 1_000));

    is("mid/1", 300);
    assertThat(stalls.look(61_000)).as("out/0 has just begun to be behind").isEmpty();
  }

  @Test
  void shouldNotNameATaskThatIsBehindButGoesOn() {
    for (int second = 0; second < 60; second++) {
      all(100 * second);
      is("mid/1", 50 * second);
      is("out/0", 50 * second);
      assertThat(stalls.look(1_000L * second)).isEmpty();
    }
  }

  @Test
  void shouldNotNameATaskThatIsAsFarAsThoseBeforeIt() {
    all(100);
    stalls.look(0);

    assertThat(stalls.look(3_600_000)).isEmpty();
  }

  @Test
  void shouldNameTheLastOfThoseThatWaitForEachOther() {
    all(100);
    is("out/0", 50);
    stalls.look(0);
    sources(200);
    reads("in/0", 200, 201, Waiting.FOR_CREDIT);
    reads("in/1", 200, 201, Waiting.FOR_CREDIT);
    tell("mid/0", 100, Waiting.FOR_CREDIT);
    tell("mid/1", 100, Waiting.FOR_CREDIT);
    stalls.look(1_000);

    assertThat(stalls.look(9_000)).contains(new Stall("out/0", 0));
  }

  @Test
  void shouldNameTheOneWhoHasAllButDoesNotGoOnThoughItsSendersCanNot() {
    all(100);
    sources(200);
    tell("mid/0", 100, Waiting.FOR_CREDIT);
    tell("mid/1", 100, Waiting.FOR_CREDIT);
    stalls.look(0);

    assertThat(stalls.look(5_000)).contains(new Stall("out/0", 0));
  }

  @Test
  void shouldNameASourceThatDoesNotReadOnWhileAnotherDoes() {
    all(100);
    stalls.look(0);
    reads("in/1", 200, 201, Waiting.NO);
    stalls.look(1_000);

    assertThat(stalls.look(6_000)).contains(new Stall("in/0", 1_000));
  }

  @Test
  void shouldNotNameASourceThatHasNothingToReadOrMayNot() {
    for (Waiting waiting : new Waiting[] {Waiting.FOR_INPUT, Waiting.FOR_CREDIT}) {
      all(100);
      stalls.look(0);
      reads("in/0", 100, 101, waiting);
      reads("in/1", 200, 201, Waiting.NO);
      stalls.look(1_000);

      assertThat(stalls.look(60_000)).isEmpty();
    }
  }

  @Test
  void shouldNotNameASourceThatHasEnded() {
    all(100);
    reads("in/0", END, 101, Waiting.NO);
    stalls.look(0);
    reads("in/1", 200, 201, Waiting.NO);
    is("mid/0", 200);
    is("mid/1", 200);
    is("out/0", 200);
    stalls.look(1_000);

    assertThat(stalls.look(60_000)).isEmpty();
  }

  @Test
  void shouldNameATaskThatNeverBegan() {
    sources(100);
    is("mid/0", 100);
    stalls.look(0);

    assertThat(stalls.look(5_000)).contains(new Stall("mid/1", 0));
  }

  private void all(long watermark) {
    sources(watermark);
    is("mid/0", watermark);
    is("mid/1", watermark);
    is("out/0", watermark);
  }

  private void sources(long watermark) {
    reads("in/0", watermark, watermark + 1, Waiting.NO);
    reads("in/1", watermark, watermark + 1, Waiting.NO);
  }

  private void reads(String source, long watermark, long newest, Waiting waiting) {
    clock.tell(source, new Place(watermark, newest, waiting));
  }

  private void is(String task, long watermark) {
    tell(task, watermark, Waiting.NO);
  }

  private void tell(String task, long watermark, Waiting waiting) {
    clock.tell(task, new Place(watermark, NONE, waiting));
  }
}
