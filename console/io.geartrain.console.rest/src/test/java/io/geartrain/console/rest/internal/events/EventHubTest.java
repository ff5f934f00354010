package io.geartrain.console.rest.internal.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventHubTest {
  private static final class Recorder implements EventHub.Subscriber {
    final List<String> got = new ArrayList<>();

    @Override
    public void send(String event, byte[] data) {
      got.add(event + "=" + new String(data, StandardCharsets.UTF_8));
    }

    @Override
    public void beat() {
      got.add("beat");
    }

    @Override
    public void close() {
      got.add("closed");
    }
  }

  private final Map<String, byte[]> state = new LinkedHashMap<>();
  private int reads;
  private final EventHub hub =
      new EventHub(
          () -> {
            reads++;
            return new LinkedHashMap<>(state);
          },
          2);

  private void set(String name, String value) {
    state.put(name, value.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shouldNotReadTheClusterForNobody() {
    hub.poll();

    assertThat(reads).isZero();
  }

  @Test
  void shouldSendOnlyWhatHasChanged() {
    Recorder recorder = new Recorder();
    set("cluster", "1");
    set("apps", "1");
    hub.subscribe(recorder);

    hub.poll();
    hub.poll();
    set("apps", "2");
    hub.poll();

    assertThat(recorder.got).containsExactly("cluster=1", "apps=1", "apps=2");
  }

  @Test
  void shouldTellALaterSubscriberWhatIsKnown() {
    set("cluster", "1");
    hub.subscribe(new Recorder());
    hub.poll();
    Recorder late = new Recorder();

    hub.subscribe(late);

    assertThat(late.got).containsExactly("cluster=1");
  }

  @Test
  void shouldRefuseTooManySubscribers() {
    assertThat(hub.subscribe(new Recorder())).isTrue();
    Recorder second = new Recorder();
    assertThat(hub.subscribe(second)).isTrue();
    assertThat(hub.subscribe(new Recorder())).isFalse();

    hub.unsubscribe(second);

    assertThat(hub.subscribe(new Recorder())).isTrue();
  }

  @Test
  void shouldEndAllSubscriptionsWhenItCloses() {
    Recorder recorder = new Recorder();
    hub.subscribe(recorder);

    hub.beat();
    hub.close();

    assertThat(recorder.got).containsExactly("beat", "closed");
    assertThat(hub.subscribe(new Recorder())).isFalse();
    assertThat(hub.size()).isZero();
  }
}
