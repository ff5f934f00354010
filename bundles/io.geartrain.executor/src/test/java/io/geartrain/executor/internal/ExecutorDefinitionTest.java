package io.geartrain.executor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.geartrain.executor.apps.Apps;
import io.geartrain.protocol.AppMasterToExecutor.PlanApplication;
import io.geartrain.protocol.ExecutorToAppMaster.PlanningFailed;
import io.geartrain.protocol.Failure;
import io.geartrain.spi.BundleDescription;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExecutorDefinitionTest extends ExecutorScript {
  @Test
  void shouldTellTheUsersMessageAndPlaceWhenDefineThrows() {
    launch(Apps.Throwing.class, Map.of());

    Failure failure = planningFails();

    assertThat(failure.code()).isEqualTo("definition-failed");
    assertThat(failure.message()).contains("no luck", "Apps$Throwing");
    assertThat(failure.hint()).contains("Apps$Throwing.define(Apps.java:");
    assertThat(failure.stackTrace()).contains("IllegalStateException");
    end();
    assertThat(bundles.held).hasValue(0);
  }

  @Test
  void shouldTellOfAnErrorThatThrowsWhenItIsAsked() {
    launch(Apps.Silent.class, Map.of());

    Failure failure = planningFails();

    assertThat(failure.code()).isEqualTo("definition-failed");
    assertThat(failure.message())
        .startsWith("define() of " + Apps.Silent.class.getName() + " failed: Mute: getMessage()");
    assertThat(failure.hint()).isEqualTo("correct what the message names, then submit again");
    assertThat(failure.stackTrace()).contains("can't be printed");
    end();
    assertThat(bundles.held).hasValue(0);
  }

  @Test
  void shouldSurviveALinkageErrorInDefine() {
    launch(Apps.Unlinked.class, Map.of());

    assertThat(planningFails().message()).contains("NoClassDefFoundError", "com/example/Missing");
  }

  @Test
  void shouldTellWhereDefineIsStuck() {
    launch(Apps.Hanging.class, Map.of());
    tell(new PlanApplication(1, 1, 300));

    Failure failure = next(PlanningFailed.class).failure();

    assertThat(failure.code()).isEqualTo("definition-timeout");
    assertThat(failure.message()).contains("300 ms", "Apps$Hanging.define(Apps.java:");
    assertThat(failure.stackTrace()).contains("CountDownLatch.await");
    await().untilAsserted(() -> assertThat(bundles.held).hasValue(0));
    assertThat(threads("gear-define")).isEmpty();
  }

  @Test
  void shouldNameTheFirstDifferenceOfTwoDefinitions() {
    launch(Apps.Fickle.class, Map.of());

    Failure failure = planningFails();

    assertThat(failure.code()).isEqualTo("definition-differs");
    assertThat(failure.message()).contains("numbers1", "numbers2");
  }

  @Test
  void shouldNameTheFileThatASourceCannotRead() {
    launch(Apps.Unreadable.class, Map.of());

    Failure failure = planningFails();

    assertThat(failure.code()).isEqualTo("definition-failed");
    assertThat(failure.message()).contains("'lines'", "/no/such/file");
  }

  @Test
  void shouldRefuseAClassThatIsNoApplication() {
    launch(Apps.NoApplication.class, Map.of());

    assertThat(planningFails().message()).contains("does not implement", "com.example.apps 1.0.0");
  }

  @Test
  void shouldTellOfABundleThatIsNotThere() {
    BundleDescription unknown = new BundleDescription("b", "1.0.0", "00".repeat(32), List.of());
    launch(Apps.Counting.class, Map.of(), unknown);

    assertThat(planningFails().code()).isEqualTo("unknown-bundle");
  }
}
