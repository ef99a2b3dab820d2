package dev.mall.chaos.agent;

import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.stream.StreamSupport;

/** Lets classes read {@link ShiftedClock} wherever they ask what time it is. */
final class ClockTransform {

  private static final ClassDesc SHIFTED = ClassDesc.of(ShiftedClock.class.getName());
  private static final ClassDesc CLOCK = ClassDesc.of("java.time.Clock");

  private ClockTransform() {}

  /** How a class may ask. */
  private enum Question {
    /** {@code System.currentTimeMillis()}. */
    MILLIS,
    /** {@code Instant.now()}, {@code LocalDate.now()} and so on. */
    NOW,
    /** {@code Clock.systemUTC()} and so on. */
    CLOCK,
    NONE;

    static Question in(MemberRefEntry call) {
      var owner = call.owner().asInternalName();
      var name = call.name().stringValue();
      if (owner.equals("java/lang/System") && name.equals("currentTimeMillis")) {
        return MILLIS;
      }
      if (owner.equals("java/time/Clock") && name.startsWith("system")) {
        return CLOCK;
      }
      boolean withoutClock = call.type().stringValue().startsWith("()");
      return owner.startsWith("java/time/") && name.equals("now") && withoutClock ? NOW : NONE;
    }
  }

  static boolean areReadBy(ClassModel model) {
    return StreamSupport.stream(model.constantPool().spliterator(), false)
        .anyMatch(
            entry -> entry instanceof MemberRefEntry call && Question.in(call) != Question.NONE);
  }

  static ClassTransform shifted() {
    return ClassTransform.transformingMethodBodies(ClockTransform::shiftCall);
  }

  private static void shiftCall(CodeBuilder code, CodeElement element) {
    if (!(element instanceof InvokeInstruction call)) {
      code.with(element);
      return;
    }
    switch (Question.in(call.method())) {
      case MILLIS -> code.invokestatic(SHIFTED, "currentTimeMillis", MethodTypeDesc.of(CD_long));
      case NOW -> {
        var type = call.owner().asSymbol();
        code.invokestatic(SHIFTED, "clock", MethodTypeDesc.of(CLOCK))
            .invokestatic(type, "now", MethodTypeDesc.of(type, CLOCK));
      }
      case CLOCK ->
          code.with(element).invokestatic(SHIFTED, "shifted", MethodTypeDesc.of(CLOCK, CLOCK));
      case NONE -> code.with(element);
    }
  }
}
