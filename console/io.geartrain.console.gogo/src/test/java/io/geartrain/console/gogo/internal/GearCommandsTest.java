package io.geartrain.console.gogo.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GearCommandsTest {
  private final GearCommands commands = new GearCommands(() -> null, () -> null);

  @Test
  void shouldSayThatThereIsNoMasterYet() {
    assertThat(commands.apps()).contains("no way to a master yet");
    assertThat(commands.deploy("x.jar")).contains("no way to a master yet");
  }

  @Test
  void shouldRefuseASettingWithoutValue() {
    assertThat(commands.submit("b", "k=v", "nope"))
        .isEqualTo("'nope' is no setting; write key=value");
  }

  @Test
  void shouldAlignColumns() {
    String text = new Table("A", "LONG").row("wide one", 1).row(null, 22).toString();

    assertThat(text).isEqualTo("A         LONG\nwide one  1\n-         22");
  }
}
