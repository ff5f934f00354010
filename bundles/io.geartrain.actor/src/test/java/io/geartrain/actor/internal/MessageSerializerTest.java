package io.geartrain.actor.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.protocol.ControlMessage;
import io.geartrain.protocol.MasterToClient;
import io.geartrain.protocol.MasterToWorker.WorkerRegistered;
import java.io.NotSerializableException;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageSerializerTest {
  private final MessageSerializer serializer = new MessageSerializer();

  static Stream<Class<?>> messages() {
    return MessageSerializer.dictionary(ControlMessage.class).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void shouldReadBackWhatItWrote(Class<?> type) throws Exception {
    long seed = System.nanoTime();
    RandomRecords records = new RandomRecords(new Random(seed));
    for (int i = 0; i < 50; i++) {
      Object message = records.next(type);

      byte[] bytes = serializer.toBinary(message);
      Object back = serializer.fromBinary(bytes, serializer.manifest(message));

      assertThat(back).as("seed %d, %s", seed, new String(bytes, UTF_8)).isEqualTo(message);
    }
  }

  @Test
  void shouldKnowEveryDirection() {
    assertThat(messages())
        .extracting(type -> type.getInterfaces()[0].getSimpleName())
        .contains(
            "ClientToMaster",
            "MasterToClient",
            "MasterToWorker",
            "WorkerToMaster",
            "MasterToAppMaster",
            "AppMasterToMaster",
            "AppMasterToWorker",
            "WorkerToAppMaster",
            "AppMasterToExecutor",
            "ExecutorToAppMaster");
  }

  @Test
  void shouldNameMessagesBySimpleName() {
    assertThat(serializer.manifest(new WorkerRegistered(1))).isEqualTo("WorkerRegistered");
    assertThat(new String(serializer.toBinary(new WorkerRegistered(7)), UTF_8))
        .isEqualTo("{\"masterEpoch\":7}");
  }

  @Test
  void shouldRefuseToWriteWhatIsNoControlMessage() {
    assertThatThrownBy(() -> serializer.toBinary("text"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.String is no control message");
  }

  @Test
  void shouldRefuseAForeignClassOfAKnownName() {
    record Done() {}

    assertThat(serializer.manifest(new Done()))
        .isEqualTo(serializer.manifest(new MasterToClient.Done()));
    assertThatThrownBy(() -> serializer.toBinary(new Done()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldRefuseToReadAnUnknownName() {
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "java.lang.Runtime"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("java.lang.Runtime");
  }

  @Test
  void shouldRefuseMalformedBytes() {
    for (String text :
        new String[] {
          "", "null1", "{", "[]", "{\"masterEpoch\":1}x", "{\"masterEpoch\":null}", "{\"other\":1}"
        }) {
      assertThatThrownBy(() -> serializer.fromBinary(text.getBytes(UTF_8), "WorkerRegistered"))
          .as(text)
          .isInstanceOf(NotSerializableException.class)
          .hasMessageContaining("WorkerRegistered");
    }
  }
}
