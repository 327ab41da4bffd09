using System.Reflection;
using System.Reflection.Emit;
using Microsoft.AspNetCore.Razor.Hosting;

namespace NsiPortal.Architecture;

/// <summary>Which types each type of the portal uses, read from the compiled assembly: signatures, fields, attributes, locals and the body of every method, compiled views included.</summary>
static class References
{
    const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Pairs of folders, such as <c>Features.Chapters</c>, of which the first uses the second; the type that does it is named.</summary>
    public static IEnumerable<(string From, string To, string By)> Between(Assembly assembly)
    {
        var views = assembly.GetCustomAttributes<RazorCompiledItemAttribute>().ToDictionary(view => view.Type, view => view.Identifier);
        foreach (var type in assembly.GetTypes())
        {
            var from = FolderOf(Outermost(type), views);
            if (from is null) continue;
            foreach (var used in Used(type).SelectMany(Parts).Where(used => used.Assembly == assembly).Distinct())
            {
                if (FolderOf(Outermost(used), views) is { } to && to != from) yield return (from, to, $"{type.FullName} -> {used.FullName}");
            }
        }
    }

    static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <summary>The first folder below the project; under Features, two of them. Null for what the compiler made up, empty for the root.</summary>
    static string? FolderOf(Type type, Dictionary<Type, string> views)
    {
        var path = views.TryGetValue(type, out var view) ? view.Trim('/').Split('/')[..^1]
            : type.Namespace is { } space && (space + ".").StartsWith("NsiPortal.", StringComparison.Ordinal) ? space.Split('.')[1..] : null;
        return path is null ? null : string.Join('.', path.Take(path is ["Features", ..] ? 2 : 1));
    }

    static IEnumerable<Type> Used(Type type)
    {
        IEnumerable<Type?> used =
        [
            type.BaseType, .. type.GetInterfaces(), .. Attributes(type.CustomAttributes),
            .. type.GetFields(Declared).SelectMany(field => Attributes(field.CustomAttributes).Prepend(field.FieldType)),
            .. type.GetProperties(Declared).SelectMany(property => Attributes(property.CustomAttributes).Prepend(property.PropertyType)),
            .. type.GetMethods(Declared).SelectMany(method => UsedBy(method).Prepend(method.ReturnType)),
            .. type.GetConstructors(Declared).SelectMany(UsedBy),
        ];
        return used.OfType<Type>();
    }

    static IEnumerable<Type> UsedBy(MethodBase method) =>
    [
        .. method.GetParameters().SelectMany(parameter => Attributes(parameter.CustomAttributes).Prepend(parameter.ParameterType)),
        .. Attributes(method.CustomAttributes),
        .. method.GetMethodBody() is { } body ? UsedIn(method, body) : [],
    ];

    static IEnumerable<Type> Attributes(IEnumerable<CustomAttributeData> attributes) => attributes.SelectMany(attribute =>
        attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(named => named.TypedValue)).Select(argument => argument.Value)
            .OfType<Type>().Prepend(attribute.AttributeType));

    static IEnumerable<Type> UsedIn(MethodBase method, MethodBody body)
    {
        foreach (var local in body.LocalVariables) yield return local.LocalType;
        foreach (var clause in body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)) yield return clause.CatchType!;

        var il = body.GetILAsByteArray()!;
        var (typeArguments, methodArguments) = (method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null, method.IsGenericMethod ? method.GetGenericArguments() : null);
        for (var at = 0; at < il.Length;)
        {
            var code = OpCodesByValue[il[at] == 0xFE ? unchecked((short)(0xFE00 | il[at + 1])) : il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                var member = method.Module.ResolveMember(BitConverter.ToInt32(il, at), typeArguments, methodArguments)!;
                if (member is Type type) yield return type;
                if (member.DeclaringType is { } declaring) yield return declaring;
                if (member is MethodInfo { IsGenericMethod: true } generic)
                {
                    foreach (var argument in generic.GetGenericArguments()) yield return argument;
                }
            }

            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
        }
    }

    /// <summary>A type and what it is made of: arguments of generics, elements of arrays.</summary>
    static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.GetGenericArguments().SelectMany(Parts).Prepend(type);
}
