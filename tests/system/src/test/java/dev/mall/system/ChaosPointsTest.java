package dev.mall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.chaos.agent.CrashPoint;
import dev.mall.chaos.agent.FaultAgent;
import dev.mall.chaos.agent.Instrumenter;
import dev.mall.chaos.agent.Mutation;
import dev.mall.chaos.agent.ShiftedClock;
import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fault suite rewrites methods by their names: what it rewrites must change, each time. */
class ChaosPointsTest {

  private static Instrumenter instrumenter;

  @TempDir private Path directory;

  @BeforeAll
  static void open() {
    instrumenter =
        new Instrumenter(
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList());
  }

  @AfterAll
  static void close() throws IOException {
    instrumenter.close();
  }

  @ParameterizedTest
  @EnumSource
  void everyPointIsReachedInItsMethod(CrashPoint point) throws IOException {
    var methods =
        instrumented(point.className()).methods().stream()
            .filter(it -> it.methodName().equalsString(point.method()));

    assertThat(methods.flatMap(ChaosPointsTest::stepsOf))
        .contains("load " + point, "call " + nameOf(FaultAgent.class) + ".reached");
  }

  @ParameterizedTest
  @EnumSource
  void everyMutationChangesWhatItSpeaksOf(Mutation mutation) throws IOException {
    instrumenter.mutateInto(directory, mutation);

    for (var change : mutation.changes()) {
      var broken = parse(Files.readAllBytes(directory.resolve(change.className() + ".class")));
      assertThat(stepsOf(broken))
          .as("%s", change)
          .isNotEqualTo(stepsOf(parse(bytesOf(change.className()))));
    }
  }

  @Test
  void whoAsksForTheTimeReadsTheShiftedClock() throws IOException {
    var shifted = nameOf(ShiftedClock.class);

    assertThat(stepsOf(instrumented(nameOf(Asking.class))))
        .contains(
            "call " + shifted + ".currentTimeMillis",
            "call " + shifted + ".clock",
            "call " + shifted + ".shifted")
        .doesNotContain("call java/lang/System.currentTimeMillis");
  }

  /** Every way to ask. */
  private static final class Asking {
    static List<Object> everyWay() {
      return List.of(
          System.currentTimeMillis(), Instant.now(), LocalDate.now(), Clock.systemUTC().millis());
    }
  }

  /** The class as the suite runs it. */
  private ClassModel instrumented(String className) throws IOException {
    var name = className + ".class";
    var jar = directory.resolve("plain.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry(name));
      out.write(bytesOf(className));
    }
    instrumenter.instrument(jar, directory.resolve("instrumented.jar"));
    try (var instrumented = new JarFile(directory.resolve("instrumented.jar").toFile());
        var bytes = instrumented.getInputStream(instrumented.getJarEntry(name))) {
      return parse(bytes.readAllBytes());
    }
  }

  private static ClassModel parse(byte[] bytes) {
    return ClassFile.of().parse(bytes);
  }

  private static byte[] bytesOf(String className) throws IOException {
    try (var file = CrashPoint.class.getResourceAsStream("/" + className + ".class")) {
      return file.readAllBytes();
    }
  }

  private static String nameOf(Class<?> type) {
    return type.getName().replace('.', '/');
  }

  private static List<String> stepsOf(ClassModel model) {
    return model.methods().stream().flatMap(ChaosPointsTest::stepsOf).toList();
  }

  /** Instructions of a method that matter here. */
  private static Stream<String> stepsOf(MethodModel method) {
    return method.code().stream()
        .flatMap(code -> code.elementStream())
        .flatMap(ChaosPointsTest::step);
  }

  private static Stream<String> step(CodeElement element) {
    return switch (element) {
      case InvokeInstruction call ->
          Stream.of(
              "call %s.%s".formatted(call.owner().asInternalName(), call.name().stringValue()));
      case ConstantInstruction constant -> Stream.of("load " + constant.constantValue());
      case Instruction other -> Stream.of(other.opcode().name());
      default -> Stream.empty();
    };
  }
}
