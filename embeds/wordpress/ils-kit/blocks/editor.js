/* The blocks in the editor: a room with its name, and the parts of a room as labelled boxes. */
(({ blocks, blockEditor, components, element, i18n }) => {
  const { createElement, Fragment } = element;
  const { __ } = i18n;
  const { InnerBlocks, InspectorControls, useBlockProps } = blockEditor;
  const { PanelBody, Placeholder, SelectControl, TextControl } = components;

  const field = (attributes, setAttributes, name, label, help) =>
    createElement(TextControl, {
      label,
      help,
      value: attributes[name],
      onChange: (value) => setAttributes({ [name]: value }),
    });

  const roles = [
    { value: '', label: __('as the settings say', 'ils-kit') },
    { value: 'viewer', label: __('live, within a second', 'ils-kit') },
    { value: 'audience', label: __('the broadcast', 'ils-kit') },
  ];

  blocks.registerBlockType('ils-kit/room', {
    edit: ({ attributes, setAttributes }) =>
      createElement(
        'div',
        useBlockProps(),
        createElement(
          InspectorControls,
          null,
          createElement(
            PanelBody,
            { title: __('Room', 'ils-kit') },
            createElement(SelectControl, {
              label: __('Visitors watch', 'ils-kit'),
              value: attributes.role,
              options: roles,
              onChange: (role) => setAttributes({ role }),
            }),
            field(
              attributes,
              setAttributes,
              'id',
              __('Id of the room', 'ils-kit'),
              __('For blocks that stand outside of the room.', 'ils-kit'),
            ),
          ),
        ),
        createElement(
          Placeholder,
          { icon: 'video-alt2', label: __('Live room', 'ils-kit') },
          field(
            attributes,
            setAttributes,
            'room',
            __('Name of the room', 'ils-kit'),
            __('Letters, digits, - and _; the same name is the same room.', 'ils-kit'),
          ),
        ),
        createElement(InnerBlocks, { template: [['ils-kit/player'], ['ils-kit/chat']] }),
      ),
    save: () => createElement(InnerBlocks.Content),
  });

  const registerPart = (name, icon, label) =>
    blocks.registerBlockType(`ils-kit/${name}`, {
      edit: ({ attributes, setAttributes }) =>
        createElement(
          Fragment,
          null,
          createElement(
            InspectorControls,
            null,
            createElement(
              PanelBody,
              { title: label },
              field(
                attributes,
                setAttributes,
                'for',
                __('Id of the room', 'ils-kit'),
                __('Only where the block stands outside of its room.', 'ils-kit'),
              ),
            ),
          ),
          createElement('div', useBlockProps(), createElement(Placeholder, { icon, label })),
        ),
      save: () => null,
    });

  registerPart('player', 'controls-play', __('Live player', 'ils-kit'));
  registerPart('chat', 'format-chat', __('Live chat', 'ils-kit'));
  registerPart('poll', 'chart-bar', __('Live poll', 'ils-kit'));
  registerPart('gifts', 'heart', __('Live gifts', 'ils-kit'));
})(window.wp);
