package dev.mall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.chaos.points.Change;
import dev.mall.chaos.points.Mutation;
import dev.mall.chaos.points.Point;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The fault suite rewrites methods by their names: each must be there, or nothing is tried. */
class ChaosPointsTest {

  @ParameterizedTest
  @EnumSource
  void everyPointIsInAMethodThatExists(Point point) throws ClassNotFoundException {
    assertThat(methodsOf(point.className())).contains(point.method());
  }

  @ParameterizedTest
  @MethodSource("changes")
  void everyMutationFindsWhatItChanges(Change change) throws ClassNotFoundException, IOException {
    switch (change) {
      case Change.DoNothing(_, var method) ->
          assertThat(methodsOf(change.className())).contains(method);
      case Change.AnswerNone(_, var method) ->
          assertThat(methodsOf(change.className())).contains(method);
      case Change.AnswerAllSent(_, var method) ->
          assertThat(methodsOf(change.className())).contains(method);
      case Change.DropCall(_, var method, var callee) ->
          assertThat(methodsOf(change.className())).contains(method, callee);
      case Change.OtherText(_, var text, _) ->
          assertThat(bytesOf(change.className())).contains(text);
    }
  }

  static Stream<Change> changes() {
    return Arrays.stream(Mutation.values()).flatMap(mutation -> mutation.changes().stream());
  }

  private static Stream<String> methodsOf(String className) throws ClassNotFoundException {
    return Arrays.stream(Class.forName(className.replace('/', '.')).getDeclaredMethods())
        .map(method -> method.getName());
  }

  /** The class file, in which texts stand as they are. */
  private static String bytesOf(String className) throws IOException {
    try (var file = Point.class.getResourceAsStream("/" + className + ".class")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
