package dev.mall.chaos.agent;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** Inserts a call of {@link FaultAgent} where a {@link CrashPoint} is reached. */
final class CrashPointTransform {

  private static final ClassDesc CONTROL = ClassDesc.of(FaultAgent.class.getName());
  private static final MethodTypeDesc REACHED = MethodTypeDesc.of(CD_void, CD_String, CD_Object);
  private static final int FIRST_ARGUMENT = 1; // no point is in a static method

  private CrashPointTransform() {}

  static ClassTransform at(CrashPoint point) {
    return ClassTransform.transformingMethodBodies(
        method -> point.isIn(method.methodName().stringValue(), method.methodType().stringValue()),
        switch (point.where()) {
          case ENTRY -> atEntry(point);
          case EXIT -> (code, element) -> atExit(point, code, element);
        });
  }

  private static CodeTransform atEntry(CrashPoint point) {
    return new CodeTransform() {
      @Override
      public void atStart(CodeBuilder code) {
        code.loadConstant(point.name())
            .aload(FIRST_ARGUMENT)
            .invokestatic(CONTROL, "reached", REACHED);
      }

      @Override
      public void accept(CodeBuilder code, CodeElement element) {
        code.with(element);
      }
    };
  }

  private static void atExit(CrashPoint point, CodeBuilder code, CodeElement element) {
    if (element instanceof ReturnInstruction end) {
      if (end.opcode() == Opcode.ARETURN) {
        code.dup();
      } else {
        code.aload(FIRST_ARGUMENT);
      }
      code.loadConstant(point.name()).swap().invokestatic(CONTROL, "reached", REACHED);
    }
    code.with(element);
  }
}
