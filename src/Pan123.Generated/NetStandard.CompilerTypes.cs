// The types that the compiler asks for and .NET Standard lacks; compiled for no other target. By hand, since the generator that brings them
// writes them in another order at each build, and no two builds would be the same.
#pragma warning disable IDE0130 // The compiler knows them by these namespaces.

namespace System.Runtime.CompilerServices
{
    /// <summary>Marks a setter that only an initializer may call.</summary>
    internal static class IsExternalInit;

    /// <summary>Gives a parameter the text of another's argument.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    internal sealed class CallerArgumentExpressionAttribute(string parameterName) : Attribute
    {
        public string ParameterName { get; } = parameterName;
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    /// <summary>Says that a method does not return if its argument is this.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    internal sealed class DoesNotReturnIfAttribute(bool parameterValue) : Attribute
    {
        public bool ParameterValue { get; } = parameterValue;
    }

    /// <summary>Says that what is returned is not null if this argument is not.</summary>
    [AttributeUsage(AttributeTargets.ReturnValue)]
    internal sealed class NotNullIfNotNullAttribute(string parameterName) : Attribute
    {
        public string ParameterName { get; } = parameterName;
    }

    /// <summary>Takes back a warning of the analyzers for trimming, which only newer targets have.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    internal sealed class UnconditionalSuppressMessageAttribute(string category, string checkId) : Attribute
    {
        public string Category { get; } = category;

        public string CheckId { get; } = checkId;

        public string? Justification { get; set; }
    }
}
