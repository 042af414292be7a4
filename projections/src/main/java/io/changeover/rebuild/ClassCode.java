package io.changeover.rebuild;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A class file without what does not matter to how it works: line numbers, names of local variables, the order of methods.
 *
 * @param name name with slashes
 * @param header what the class is, without its members
 * @param parents its superclass and interfaces
 * @param mentioned classes that the header names
 * @param fields its fields by name and descriptor
 * @param methods its methods by name and descriptor, with the bodies of lambdas where these are made
 * @param plainRecord whether it is a record whose canonical constructor does no more than keep its arguments
 * @param annotations names of all annotations anywhere in the class
 */
record ClassCode(
        String name,
        String header,
        Set<String> parents,
        Set<String> mentioned,
        Map<String, Field> fields,
        Map<String, Method> methods,
        boolean plainRecord,
        Set<String> annotations) {

    /**
     * @param text all about the field, but for its name's place among the others
     * @param isFinal whether it keeps its first value
     * @param mentioned classes that it names
     */
    record Field(String text, boolean isFinal, Set<String> mentioned) {}

    /**
     * @param text instructions and annotations
     * @param members members that the instructions use
     * @param mentioned classes that they name
     * @param isNative whether its code is not in the class file
     */
    record Method(List<Object> text, Set<Member> members, Set<String> mentioned, boolean isNative) {}

    /**
     * A member of a class.
     *
     * @param owner class through which it is used
     * @param name its name
     * @param descriptor its type
     */
    record Member(String owner, String name, String descriptor) {

        String signature() {
            return name + " " + descriptor;
        }

        boolean isField() {
            return !descriptor.startsWith("(");
        }
    }

    /** A lambda's body in the place where the lambda is made: compilers number these by their order in the class. */
    record Inlined(String signature) {}

    /** The method's text with the bodies of its lambdas. */
    String text(String signature) {
        StringBuilder text = new StringBuilder();
        append(text, signature);
        return text.toString();
    }

    private void append(StringBuilder text, String signature) {
        Method method = methods.get(signature);
        for (Object part : method == null ? List.of() : method.text()) {
            if (part instanceof Inlined lambda) {
                text.append("{\n");
                append(text, lambda.signature());
                text.append("}\n");
            } else {
                text.append(part).append('\n');
            }
        }
    }

    /** The method with the lambdas that it makes, as signatures. */
    Set<String> withLambdas(String signature) {
        Set<String> all = new LinkedHashSet<>();
        collect(signature, all);
        return all;
    }

    private void collect(String signature, Set<String> all) {
        Method method = methods.get(signature);
        if (method != null && all.add(signature)) {
            method.text().forEach(part -> {
                if (part instanceof Inlined lambda) {
                    collect(lambda.signature(), all);
                }
            });
        }
    }
}
