package com.example.wordcount;

import io.geartrain.api.Settings;
import io.geartrain.api.StreamApp;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.api.Window;
import io.geartrain.connector.files.FileSink;
import io.geartrain.connector.files.FileSource;

/**
 * Counts the words of text files.
 *
 * <p>Settings: {@code input}, files and folders, several of them joined as in {@code PATH}; {@code
 * output}, the file to write, a line {@code word<TAB>count} for each word, in no order.
 */
@StreamApp(name = "word-count")
public final class WordCountApp implements StreamApplication {
  @Override
  public void define(Streams streams, Settings settings) {
    streams
        .from(FileSource.linesOf(settings.get("input")))
        .id("lines")
        .flatMap(String.class, Words::split)
        .id("words")
        .keyBy(String.class, word -> word)
        .window(Window.global())
        .count()
        .id("count")
        .to(FileSink.of(settings.get("output"), count -> count.key() + "\t" + count.value()))
        .id("write");
  }
}
