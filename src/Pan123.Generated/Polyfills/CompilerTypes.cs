// The types that the compiler needs and .NET Standard lacks; compiled for no other target. Written by hand, since the source generator for
// them changes their order with each build, which would not be reproducible.
#pragma warning disable IDE0130 // The compiler knows them by these namespaces.

namespace System.Runtime.CompilerServices;

/// <summary>Marks a setter that only an initializer may call.</summary>
internal static class IsExternalInit;

/// <summary>Gives a parameter the text of another parameter's argument.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class CallerArgumentExpressionAttribute(string parameterName) : Attribute
{
    public string ParameterName { get; } = parameterName;
}
