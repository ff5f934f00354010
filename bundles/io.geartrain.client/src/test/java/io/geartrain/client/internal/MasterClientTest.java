package io.geartrain.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.geartrain.client.ClusterException;
import io.geartrain.protocol.ClientToMaster;
import io.geartrain.protocol.ClientToMaster.SetScheduler;
import io.geartrain.protocol.ClientToMaster.SubmitApplication;
import io.geartrain.protocol.MasterToClient;
import io.geartrain.protocol.MasterToClient.BundlesReply;
import io.geartrain.protocol.MasterToClient.Done;
import io.geartrain.protocol.MasterToClient.Refused;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MasterClientTest {
  private final Deque<Optional<String>> leaders = new ArrayDeque<>();
  private final Deque<MasterToClient> answers = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final List<ClientToMaster> questions = new ArrayList<>();
  private Duration paused = Duration.ZERO;

  private final MasterClient client =
      new MasterClient(
          new MasterClient.Masters() {
            @Override
            public Optional<String> leader() {
              return leaders.size() > 1 ? leaders.poll() : leaders.peek();
            }

            @Override
            public MasterToClient ask(String address, ClientToMaster question) {
              asked.add(address);
              questions.add(question);
              return answers.poll();
            }
          },
          duration -> paused = paused.plus(duration),
          Duration.ofSeconds(2),
          Duration.ofMillis(100));

  @Test
  void shouldAskTheLeader() {
    leaders.add(Optional.of("a"));
    answers.add(new Done());

    client.setScheduler("pack", "ada");

    assertThat(asked).containsExactly("a");
    assertThat(questions).containsExactly(new SetScheduler("pack", "ada"));
  }

  @Test
  void shouldWaitForALeader() {
    leaders.add(Optional.empty());
    leaders.add(Optional.empty());
    leaders.add(Optional.of("b"));
    answers.add(new BundlesReply(List.of()));

    assertThat(client.bundles()).isEmpty();
    assertThat(paused).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void shouldGiveUpWhenNobodyLeads() {
    leaders.add(Optional.empty());

    ClusterException thrown = catchThrowableOfType(ClusterException.class, client::cluster);

    assertThat(thrown.code()).isEqualTo(ClusterException.UNAVAILABLE);
    assertThat(thrown).hasMessageContaining("No master leads");
    assertThat(paused).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void shouldAskAgainWhomTheOldLeaderDidNotAnswerFor() {
    leaders.add(Optional.of("old"));
    leaders.add(Optional.of("new"));
    answers.add(new Refused(MasterClient.NOT_LEADER, "not I", null));
    answers.add(new Done());

    client.stopNode("node-1", "ada");

    assertThat(asked).containsExactly("old", "new");
  }

  @Test
  void shouldTellARefusal() {
    leaders.add(Optional.of("a"));
    answers.add(new Refused("unknown-bundle", "There is none.", "Deploy it."));

    ClusterException thrown =
        catchThrowableOfType(
            ClusterException.class, () -> client.submit("x", null, null, null, null, "ada"));

    assertThat(thrown.code()).isEqualTo("unknown-bundle");
    assertThat(thrown).hasMessage("There is none.");
    assertThat(thrown.hint()).isEqualTo("Deploy it.");
    assertThat(questions).containsExactly(new SubmitApplication("x", null, Map.of(), null, "ada"));
  }

  @Test
  void shouldNotAskAgainWhatMayHaveBeenDone() {
    leaders.add(Optional.of("a"));
    answers.add(new Refused("unavailable", "stepped down", null));

    ClusterException thrown =
        catchThrowableOfType(
            ClusterException.class, () -> client.submit("x", null, Map.of(), null, null, "ada"));

    assertThat(thrown.code()).isEqualTo("unavailable");
    assertThat(asked).hasSize(1);
  }
}
