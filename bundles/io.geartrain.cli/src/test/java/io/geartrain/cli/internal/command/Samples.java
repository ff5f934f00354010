package io.geartrain.cli.internal.command;

/** Bodies as a node sends them. */
final class Samples {
  static final String PLACED =
      "[{\"slice\":0,\"worker\":\"w-1\",\"decision\":\"ASSIGN\",\"reason\":\"most free slots\","
          + "\"scheduler\":\"spread\"}]";

  private Samples() {}

  static String app(String state) {
    return app(state, "[]", "null");
  }

  static String app(String state, String placement, String failure) {
    return "{\"id\":\"word-count-7f3a\",\"name\":\"word-count\",\"state\":\""
        + state
        + "\",\"bundle\":{\"name\":\"io.example.words\",\"version\":\"1.0.0\",\"digest\":\"abcdef0123456789\"},"
        + "\"submittedAt\":\"2026-01-02T03:03:05Z\",\"startedAt\":\"2026-01-02T03:03:06Z\","
        + "\"endedAt\":"
        + (state.equals("COMPLETED") ? "\"2026-01-02T03:03:08Z\"" : "null")
        + ",\"recordsIn\":1234567,\"recordsOut\":42,\"inPerSecond\":52100.0,"
        + "\"settings\":{\"input\":\"/data/in.txt\"},\"scheduler\":\"spread\",\"principal\":\"cli\","
        + "\"processors\":["
        + "{\"id\":\"lines\",\"kind\":\"SOURCE\",\"parallelism\":2,\"chain\":0,\"recordsOut\":1234567,"
        + "\"outPerSecond\":52100.4,\"busyPercent\":30.2,\"blockedPercent\":0,\"lagMs\":1500,\"watermark\":1767323045000},"
        + "{\"id\":\"sum\",\"kind\":\"OPERATOR\",\"parallelism\":2,\"chain\":1,\"recordsIn\":7,\"recordsLate\":5,\"recordsDropped\":4,"
        + "\"latency\":{\"p50Us\":20.5,\"p99Us\":207.2,\"maxUs\":1500},"
        + "\"busyPercent\":1,\"blockedPercent\":71,\"watermark\":9223372036854775807}],"
        + "\"edges\":[{\"from\":\"lines\",\"to\":\"sum\",\"partitioner\":\"hash\"}],"
        + "\"dag\":\"lines ×2\\n  └─hash→ sum ×2\\n\",\"placement\":"
        + placement
        + ",\"failure\":"
        + failure
        + ",\"fingerprint\":\"f00d\",\"newField\":true"
        + ",\"checkpoints\":{\"last\":7,\"lastAt\":\"2026-01-01T00:00:09Z\",\"durationMs\":12"
        + ",\"bytes\":4096,\"restoredFrom\":6,\"restarts\":1,\"lastFailure\":\"disk gone\"}"
        + ",\"audit\":{\"audited\":1234567,\"lost\":0,\"duplicated\":0}"
        + ",\"clock\":{\"watermark\":1767323045000,\"newest\":1767323046500,\"lagMs\":1500"
        + ",\"heldBy\":\"lines/0\",\"waiting\":\"input\",\"stalled\":\"sum/1\""
        + ",\"stalledSince\":\"2026-01-02T03:03:53Z\"}"
        + ",\"stalls\":{\"tasks\":3,\"longest\":[{\"task\":\"sum/1\""
        + ",\"since\":\"2026-01-02T03:03:53Z\",\"place\":\"App.sum(App.java:7)\""
        + ",\"stackTrace\":\"\\tat App.sum(App.java:7)\\n\\tat App.run(App.java:3)\"}]}}";
  }

  static String failure() {
    return "{\"processor\":\"split\",\"task\":1,\"value\":\"häßlich\",\"timestamp\":1767323045000,"
        + "\"message\":\"java.lang.IllegalStateException: boom\","
        + "\"stackTrace\":\"java.lang.IllegalStateException: boom\\n\\tat io.example.Split.process(Split.java:7)\","
        + "\"hint\":\"mend Split\"}";
  }

  static String bundle(String state, String error) {
    return "{\"name\":\"io.example.words\",\"version\":\"1.0.0\",\"digest\":\"abcdef0123456789\","
        + "\"origin\":\"upload\",\"state\":\""
        + state
        + "\",\"error\":"
        + (error == null ? "null" : "\"" + error + "\"")
        + ",\"applications\":[\"word-count\"],\"schedulers\":[],\"usedBy\":[\"word-count-7f3a\"],"
        + "\"nodes\":[]}";
  }

  static String bundles(String state, String error) {
    return "{\"bundles\":[" + bundle(state, error) + "]}";
  }
}
